-- settle attempt queue id token lease keep
-- keep: for how long the event is remembered, in milliseconds.
-- Answers {'lost'}, {'empty'} or {'turn', id, token, data} of the next event.
local queue, id = ARGV[2], ARGV[3]
local answer = answered()
if not answer then
  if not holds(queue, ARGV[4]) or redis.call('LINDEX', QUEUE .. queue, 0) ~= id then
    return {'lost'}
  end
  redis.call('LPOP', QUEUE .. queue)
  redis.call('HDEL', INBOX, id)
  redis.call('SET', SETTLED .. id, '1', 'PX', ARGV[6])
  local following = redis.call('LINDEX', QUEUE .. queue, 0)
  if following then
    answer = remember({'turn', following, take(queue, ARGV[5])})
  else
    leave(queue)
    answer = remember({'empty'})
  end
end
if answer[1] == 'turn' then answer[4] = redis.call('HGET', INBOX, answer[2]) or '' end
return answer
