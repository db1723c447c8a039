-- differ (ref, version, derived)...
-- Answers the references of those documents, still of that version, whose
-- entries and due work are not what is derived. Changes nothing.
local wrong = {}

local function known(work)
  return redis.call('ZSCORE', DUE, work) or redis.call('ZSCORE', LEASES, work)
    or redis.call('ZSCORE', GRAVES, work)
end

local function differs(ref, kept, text)
  if kept ~= text then return true end
  local x = derived(ref, text)
  for index, score in pairs(x.e) do
    local at = redis.call('ZSCORE', INDEX .. index, ref)
    if not at or tonumber(at) ~= tonumber(score) then return true end
  end
  for index in pairs(x.u) do
    if owner(index) ~= ref then return true end
  end
  for name in pairs(x.w) do
    if not known(ref .. '#' .. name) then return true end
  end
  return false
end

for i = 1, #ARGV, 3 do
  local doc = redis.call('HMGET', DOC .. ARGV[i], 'v', 'x')
  if doc[1] == ARGV[i + 1] and differs(ARGV[i], doc[2], ARGV[i + 2]) then table.insert(wrong, ARGV[i]) end
end
return wrong
