-- changes after kind limit most
-- after: the note to read on from; '' asks for the last notes alone.
-- limit: how many notes; most: how many documents, which ends a piece early.
-- Answers {last, reset, notes, records, more}: reset is '1' where notes after
-- that one are gone; notes are entries of the stream; records is a flat list of
-- reference, version and data; more is '1' where the audit goes on behind last.
local after, kind = ARGV[1], ARGV[2] .. ':'

-- number is a note's number; notes are numbered without gaps.
local function number(id)
  local digits = string.match(id, '^(%d+)%-0$')
  return digits and tonumber(digits)
end

local newest = redis.call('XREVRANGE', AUDIT, '+', '-', 'COUNT', 1)[1]
local last = newest and newest[1] or '0-0'
if after == '' then
  local notes, newer = {}, redis.call('XREVRANGE', AUDIT, '+', '-', 'COUNT', ARGV[3])
  for i = #newer, 1, -1 do table.insert(notes, newer[i]) end
  return {last, '0', notes, {}, '0'}
end
local oldest = redis.call('XRANGE', AUDIT, '-', '+', 'COUNT', 1)[1]
local from = number(after)
if not from or from > number(last) or (oldest and from + 1 < number(oldest[1])) then
  return {last, '1', {}, {}, '0'}
end

local notes, records, seen, count = {}, {}, {}, 0
local newest_id = last
last = after
for _, entry in ipairs(redis.call('XRANGE', AUDIT, '(' .. after, '+', 'COUNT', ARGV[3])) do
  if count >= tonumber(ARGV[4]) then break end
  table.insert(notes, entry)
  last = entry[1]
  for ref in string.gmatch(entry[2][10], '%S+') do
    if string.sub(ref, 1, #kind) == kind and not seen[ref] then
      seen[ref] = true
      count = count + 1
      add(records, ref)
    end
  end
end
return {last, '0', notes, records, last ~= newest_id and '1' or '0'}
