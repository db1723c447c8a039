-- graveyard limit
-- Answers a flat list of work, when it was buried, and why.
local answer, buried = {}, redis.call('ZRANGE', GRAVES, 0, ARGV[1] - 1, 'WITHSCORES')
for i = 1, #buried, 2 do
  table.insert(answer, buried[i])
  table.insert(answer, buried[i + 1])
  table.insert(answer, redis.call('HGET', REASONS, buried[i]) or '')
end
return answer
