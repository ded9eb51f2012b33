# For ~/.bashrc: eval "$(dotnet-alembic completion bash)"
_dotnet_alembic() {
  local word
  COMPREPLY=()
  while IFS=$'\t' read -r word _; do
    COMPREPLY+=("$word")
  done < <("${COMP_WORDS[0]}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2> /dev/null)
}
complete -o default -F _dotnet_alembic dotnet-alembic
