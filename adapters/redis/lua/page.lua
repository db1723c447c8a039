-- page index from to limit score ref
-- from, to: the lowest and the highest score; '+inf' for no bound.
-- score, ref: the position that the page comes after; ref is '' for the first.
-- Answers {score, ref, records}: the position of the page's last document, ref
-- '' where nothing follows; records is a flat list of reference, version, data.
local index, from, to, limit = INDEX .. ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local score, ref = ARGV[5], ARGV[6]

-- above compares bytes as Redis does; Lua compares as the server's language does.
local function above(a, b)
  for i = 1, math.min(#a, #b) do
    local x, y = string.byte(a, i), string.byte(b, i)
    if x ~= y then return x > y end
  end
  return #a > #b
end

-- behind is the rank of the first member after the position, whether or not
-- the member at the position is still there.
local function behind()
  if tonumber(redis.call('ZSCORE', index, ref) or 'nan') == tonumber(score) then
    return redis.call('ZRANK', index, ref) + 1
  end
  local low = redis.call('ZCOUNT', index, '-inf', '(' .. score)
  local high = redis.call('ZCOUNT', index, '-inf', score)
  while low < high do
    local middle = math.floor((low + high) / 2)
    if above(redis.call('ZRANGE', index, middle, middle)[1], ref) then
      high = middle
    else
      low = middle + 1
    end
  end
  return low
end

local first = redis.call('ZCOUNT', index, '-inf', '(' .. from)
if ref ~= '' then first = math.max(first, behind()) end
local last = math.min(first + limit, redis.call('ZCOUNT', index, '-inf', to)) - 1
local records = {}
if last < first then return {'', '', records} end
local members = redis.call('ZRANGE', index, first, last, 'WITHSCORES')
for i = 1, #members, 2 do add(records, members[i]) end
if last + 1 >= redis.call('ZCOUNT', index, '-inf', to) then return {'', '', records} end
return {members[#members], members[#members - 1], records}
