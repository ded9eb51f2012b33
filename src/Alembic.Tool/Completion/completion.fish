# For ~/.config/fish/config.fish: dotnet-alembic completion fish | source
function __dotnet_alembic
    set -l words (commandline -opc)
    set -l candidates ($words[1] complete -- $words[2..] (commandline -ct) 2> /dev/null)
    if test (count $candidates) -gt 0
        printf '%s\n' $candidates
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c dotnet-alembic -f -a '(__dotnet_alembic)'
