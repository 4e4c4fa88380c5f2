_mailstore_completion() {
    local line=${COMP_LINE:0:COMP_POINT} type value description
    local word=${line##*[[:space:]]}
    # Readline puts candidates in the place of what follows the last character that breaks words, such as a colon.
    local kept=${word%"${word##*["$COMP_WORDBREAKS"]}"}
    COMPREPLY=()
    while IFS=$'\t' read -r type value description; do
        case $type in
            plain) COMPREPLY+=("${value#"$kept"}") ;;
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
        esac
    done < <(COMP_LINE=$line COMP_WORD=$word _MAILSTORE_COMPLETE=line_complete "$1" 2>/dev/null </dev/null)
    # More follows these.
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[:=] ]]; then
        compopt -o nospace
    fi
}

complete -o nosort -F _mailstore_completion mailstore
