# Completion of `catalog` for bash, 4.4 and later:
#   source <(catalog completion bash)
# or, once for all shells to come:
#   catalog completion bash > ~/.local/share/bash-completion/completions/catalog

_catalog() {
    local line=${COMP_LINE:0:COMP_POINT} cut='' word reply
    local -a typed
    read -ra typed <<<"$line"
    [[ $line == *[[:space:]] ]] && typed+=('')
    word=${typed[-1]}
    # bash cuts words at the : and = that queries and changes are made of: it wants only what comes behind the last
    [[ $word == *[:=]* && $COMP_WORDBREAKS == *[:=]* ]] && cut=${word%"${word##*[:=]}"}
    COMPREPLY=()
    while IFS= read -r reply; do
        [[ -n $reply ]] && COMPREPLY+=("${reply#"$cut"}")
    done < <(_CATALOG_COMPLETE=complete_bash COMP_WORDS=$line COMP_CWORD=$((${#typed[@]} - 1)) "$1" 2>/dev/null)
    [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *[:=] ]] && compopt -o nospace
    return 0
}

complete -o default -F _catalog catalog
