-- place name holder lease
-- Takes a place that nobody has, keeps one's own, or gives it back with a lease of
-- 0. Answers {'ok'} or {'taken'}. A repetition does no harm.
local holder = redis.call('GET', PLACE .. ARGV[1])
if holder and holder ~= ARGV[2] then return {'taken'} end
if ARGV[3] == '0' then
  redis.call('DEL', PLACE .. ARGV[1])
else
  redis.call('SET', PLACE .. ARGV[1], ARGV[2], 'PX', ARGV[3])
end
return {'ok'}
