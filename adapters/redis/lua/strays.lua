-- strays kind name from count fix
-- kind: 'index', of that name; 'due', 'leases' or 'graves'; or 'unique', where
-- from is the cursor of a scan, and '0' begins it.
-- Answers {next, stray...}: what no document derives, among those from that rank
-- on; next is the rank or cursor to go on from, '' at the end. With fix '1' they
-- are taken away, and the ranks behind them move up.
local kind, name, from, count, fix = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5] == '1'

-- derives is what a document derives, or nil where there is none or it is broken.
local function derives(ref)
  local x = redis.call('HGET', DOC .. ref, 'x')
  local ok, got = pcall(derived, ref, x)
  return x and ok and got or nil
end

if kind == 'unique' then
  local page = redis.call('HSCAN', UNIQUE, from, 'COUNT', count)
  local answer = {page[1] == '0' and '' or page[1]}
  for i = 1, #page[2], 2 do
    local x = derives(page[2][i + 1])
    if not x or not x.u[page[2][i]] then
      table.insert(answer, page[2][i])
      if fix then redis.call('HDEL', UNIQUE, page[2][i]) end
    end
  end
  return answer
end

local to = from + count - 1
local members
if kind == 'index' then members = redis.call('ZRANGE', INDEX .. name, from, to) end
if kind == 'due' then members = redis.call('ZRANGE', DUE, from, to) end
if kind == 'leases' then members = redis.call('ZRANGE', LEASES, from, to) end
if kind == 'graves' then members = redis.call('ZRANGE', GRAVES, from, to) end
local answer, kept = {''}, 0
for _, member in ipairs(members) do
  local stray
  if kind == 'index' then
    local x = derives(member)
    stray = not x or not x.e[name]
  else
    local ref, work = string.match(member, '^([^#]*)#(.*)$')
    local x = ref and derives(ref)
    stray = not x or not x.w[work]
  end
  if not stray or not fix then kept = kept + 1 end
  if stray then
    table.insert(answer, member)
    if fix and kind == 'index' then redis.call('ZREM', INDEX .. name, member) end
    if fix and kind ~= 'index' then forget(member) end
  end
end
if #members == count then answer[1] = int(from + kept) end
return answer
