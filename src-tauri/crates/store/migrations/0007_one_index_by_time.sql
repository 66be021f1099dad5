-- from 6, compatible with ≥1

-- `messages_journal` begins with the same columns: whatever asks by time finds it there, and a message costs one entry less.
DROP INDEX messages_by_time;
