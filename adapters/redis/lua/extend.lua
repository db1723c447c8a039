-- extend queue token lease
-- Answers {'ok'} or {'lost'}. A repetition does no harm.
if not holds(ARGV[1], ARGV[2]) then return {'lost'} end
redis.call('ZADD', TURNS, after(ARGV[3]), ARGV[1])
return {'ok'}
