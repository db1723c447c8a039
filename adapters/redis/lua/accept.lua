-- accept attempt queue id data lease (how, name, then, limit)...
-- Answers {'known'}, {'waits'} where other events come first, or
-- {'turn', token, answers}, with the wants answered as by read.
local queue, id = ARGV[2], ARGV[3]
local answer = answered()
if not answer then
  if redis.call('HEXISTS', INBOX, id) == 1 or redis.call('EXISTS', SETTLED .. id) == 1 then
    return {'known'}
  end
  redis.call('HSET', INBOX, id, ARGV[4])
  if redis.call('RPUSH', QUEUE .. queue, id) == 1 then
    answer = remember({'turn', take(queue, ARGV[5])})
  else
    answer = remember({'waits'})
  end
end
if answer[1] == 'turn' then answer[3] = wants(6) end
return answer
