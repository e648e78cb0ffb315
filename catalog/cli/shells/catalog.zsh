#compdef catalog
# Completion of `catalog` for zsh:
#   source <(catalog completion zsh)
# or, once for all shells to come, into a folder of $fpath:
#   catalog completion zsh > ~/.zfunc/_catalog

_catalog() {
    local found value
    local -a whole open
    while IFS= read -r found; do
        [[ -n $found ]] || continue
        value=${${found%%$'\t'*}//:/\\:}
        [[ $found == *$'\t'* ]] && value+=:${found#*$'\t'}
        if [[ ${found%%$'\t'*} == *[:=] ]]; then open+=("$value"); else whole+=("$value"); fi
    done < <(
        _CATALOG_COMPLETE=complete_fish _TYPER_COMPLETE_FISH_ACTION=get-args COLUMNS=1000 \
            _TYPER_COMPLETE_ARGS="${(j: :)words[1,CURRENT]}" "${words[1]}" 2>/dev/null
    )
    if (( $#whole + $#open == 0 )); then
        _files
    else
        _describe 'catalog' whole -- open -S ''
    fi
}

if [[ $funcstack[1] == _catalog ]]; then
    _catalog "$@"
else
    compdef _catalog catalog
fi
