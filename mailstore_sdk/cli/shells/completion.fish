function _mailstore_completion
    for answer in (env COMP_WORDS=(commandline -cp) COMP_CWORD=(commandline -ct) _MAILSTORE_COMPLETE=fish_complete mailstore 2>/dev/null </dev/null)
        set -l part (string split --max 1 , -- $answer)
        switch $part[1]
            case plain
                echo $part[2]
            case dir
                __fish_complete_directories (commandline -ct)
            case file
                __fish_complete_path (commandline -ct)
        end
    end
end

complete --no-files --command mailstore --arguments '(_mailstore_completion)'
