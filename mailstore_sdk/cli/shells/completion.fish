function _mailstore_completion
    set -l word (commandline -ct)
    for answer in (env COMP_LINE=(commandline -cp) COMP_WORD=$word _MAILSTORE_COMPLETE=line_complete mailstore 2>/dev/null </dev/null)
        set -l part (string split --max 1 \t -- $answer)
        switch $part[1]
            case plain
                echo $part[2]
            case dir
                __fish_complete_directories $word
            case file
                __fish_complete_path $word
        end
    end
end

complete --no-files --command mailstore --arguments '(_mailstore_completion)'
