-- claim attempt now n lease
-- Answers {'ok', (work, at, token, tries)...}.
local before = answered()
if before then return before end

lapse()
local answer, lapses = {'ok'}, after(ARGV[4])
local due = redis.call('ZRANGEBYSCORE', DUE, '-inf', ARGV[2], 'WITHSCORES', 'LIMIT', 0, ARGV[3])
for i = 1, #due, 2 do
  local work, at = due[i], due[i + 1]
  local token = int(redis.call('INCR', COUNTER))
  redis.call('ZREM', DUE, work)
  redis.call('ZADD', LEASES, lapses, work)
  redis.call('HSET', TOKENS, work, token)
  redis.call('HSET', SINCE, work, at)
  for _, part in ipairs({work, at, token, redis.call('HGET', TRIES, work) or '0'}) do
    table.insert(answer, part)
  end
end
if #due == 0 then return answer end
return remember(answer)
