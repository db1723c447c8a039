-- bury attempt work token at reason
-- Answers {'ok'} or {'lost'}.
local before = answered()
if before then return before end
local work = ARGV[2]
if not held(work, ARGV[3]) then return {'lost'} end
forget(work)
redis.call('ZADD', GRAVES, ARGV[4], work)
redis.call('HSET', REASONS, work, ARGV[5])
return remember({'ok'})
