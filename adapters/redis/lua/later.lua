-- later attempt work token at failed
-- failed: '1' where this was a failed try, else '0'.
-- Answers {'ok'} or {'lost'}.
local before = answered()
if before then return before end
local work = ARGV[2]
if not held(work, ARGV[3]) then return {'lost'} end
unclaim(work)
redis.call('ZADD', DUE, ARGV[4], work)
if ARGV[5] == '1' then redis.call('HINCRBY', TRIES, work, 1) end
return remember({'ok'})
