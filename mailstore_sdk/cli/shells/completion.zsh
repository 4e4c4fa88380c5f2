#compdef mailstore

_mailstore_completion() {
    local answer type value description
    local -a plain described open
    for answer in "${(@f)$(COMP_LINE="${words[1,CURRENT]}" COMP_WORD=$words[CURRENT] _MAILSTORE_COMPLETE=line_complete $words[1] 2>/dev/null </dev/null)}"; do
        IFS=$'\t' read -r type value description <<< $answer
        case $type in
            plain)
                if [[ $value == *[:=] ]]; then
                    open+=("$value")
                elif [[ -n $description ]]; then
                    described+=("${value//:/\\:}:$description")
                else
                    plain+=("$value")
                fi
                ;;
            dir) _path_files -/ ;;
            file) _path_files -f ;;
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
