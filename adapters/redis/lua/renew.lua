-- renew work token lease
-- Answers {'ok'} or {'lost'}. A repetition does no harm.
if not held(ARGV[1], ARGV[2]) then return {'lost'} end
redis.call('ZADD', LEASES, after(ARGV[3]), ARGV[1])
return {'ok'}
