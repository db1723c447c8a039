-- exhume work buried at
-- buried: when it was buried, so that a repetition cannot undo a later burial.
-- Answers {'ok'}, also where nothing lies there any more.
local work, buried = ARGV[1], redis.call('ZSCORE', GRAVES, ARGV[1])
if buried and tonumber(buried) == tonumber(ARGV[2]) then
  forget(work)
  redis.call('ZADD', DUE, ARGV[3], work)
end
return {'ok'}
