# Completion of `catalog` for fish:
#   catalog completion fish | source
# or, once for all shells to come:
#   catalog completion fish > ~/.config/fish/completions/catalog.fish

function __catalog_complete
    set -l found (env _CATALOG_COMPLETE=complete_fish _TYPER_COMPLETE_FISH_ACTION=get-args COLUMNS=1000 \
        _TYPER_COMPLETE_ARGS=(commandline --current-process --cut-at-cursor | string collect) \
        (commandline --current-process --tokenize)[1] 2>/dev/null)
    if test -n "$found[1]"
        printf '%s\n' $found
    else
        __fish_complete_path (commandline --current-token)
    end
end

complete --command catalog --no-files --arguments '(__catalog_complete)'
