#compdef mailstore

_mailstore_completion() {
    local type value description
    local -a answer plain described open
    answer=("${(@f)$(COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT - 1)) _MAILSTORE_COMPLETE=zsh_complete $words[1] 2>/dev/null </dev/null)}")
    for type value description in $answer; do
        case $type/$value/$description in
            plain/*[:=]/*) open+=("${value//\\:/:}") ;;
            plain/*/_) plain+=("$value") ;;
            plain/*) described+=("$value:$description") ;;
            dir/*) _path_files -/ ;;
            file/*) _path_files -f ;;
        esac
    done
    (( $#described )) && _describe -V mailstore described -U
    (( $#plain )) && compadd -U -V mailstore -a plain
    # More follows these.
    (( $#open )) && compadd -U -V mailstore -S '' -a open
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _mailstore_completion "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef _mailstore_completion mailstore
fi
