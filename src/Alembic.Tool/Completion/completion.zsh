# For ~/.zshrc, below compinit: eval "$(dotnet-alembic completion zsh)"
_dotnet_alembic() {
  local -a candidates
  local word description
  while IFS=$'\t' read -r word description; do
    candidates+=("${word//:/\\:}:$description")
  done < <("${words[1]}" complete -- "${(@)words[2,CURRENT]}" 2> /dev/null)
  if (( $#candidates )); then _describe dotnet-alembic candidates; else _files; fi
}
compdef _dotnet_alembic dotnet-alembic
