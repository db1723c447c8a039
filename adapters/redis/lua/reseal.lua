-- reseal what (id, old, new)...
-- what: 'answer' or 'event'. Puts new in the place of what is still old; an
-- answer is forgotten when it would have been. Answers {'ok'}. A repetition does
-- no harm.
for i = 2, #ARGV, 3 do
  local id, old, new = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  if ARGV[1] == 'event' then
    if redis.call('HGET', INBOX, id) == old then redis.call('HSET', INBOX, id, new) end
  elseif redis.call('GET', OP .. id) == old then
    redis.call('SET', OP .. id, new, 'XX', 'KEEPTTL')
  end
end
return {'ok'}
