-- orphan attempt lease
-- Answers {'none'} or {'turn', id, token, data, queue}.
local answer = answered()
if not answer then
  local queue = redis.call('ZRANGEBYSCORE', TURNS, '-inf', int(now()), 'LIMIT', 0, 1)[1]
  if not queue then return {'none'} end
  local id = redis.call('LINDEX', QUEUE .. queue, 0)
  answer = remember({'turn', id, take(queue, ARGV[2]), queue})
end
return {answer[1], answer[2], answer[3], redis.call('HGET', INBOX, answer[2]) or '', answer[4]}
