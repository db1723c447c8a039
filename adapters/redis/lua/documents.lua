-- add appends a document to a flat list of reference, version and data.
-- Version is '0' where there is no such document.
local function add(records, ref)
  local doc = redis.call('HMGET', DOC .. ref, 'v', 'd')
  table.insert(records, ref)
  table.insert(records, doc[1] or '0')
  table.insert(records, doc[2] or '')
end
