-- outdated before limit
-- before: a moment; limit: how many notes at most. Takes the oldest notes of the
-- audit out that are from before then, but never the newest one, which tells the
-- number of the next. Answers {how many}. A repetition does no harm.
local newest = redis.call('XREVRANGE', AUDIT, '+', '-', 'COUNT', 1)[1]
local over = {}
for _, entry in ipairs(redis.call('XRANGE', AUDIT, '-', '+', 'COUNT', ARGV[2])) do
  if entry[1] == newest[1] or tonumber(entry[2][2]) >= tonumber(ARGV[1]) then break end
  table.insert(over, entry[1])
end
if #over > 0 then redis.call('XDEL', AUDIT, unpack(over)) end
return {int(#over)}
