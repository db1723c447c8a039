-- read (how, name, then, limit)...
-- how: 'ref', 'unique' or 'list'. Answers for each want a flat list of
-- reference, version and data.
return wants(1)
