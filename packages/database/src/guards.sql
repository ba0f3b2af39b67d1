-- 数据库自身的守卫：台账、已公布的文本、已发出的编号，不论由哪个程序写入，一律不得更改或删除。
-- 自定义错误代码：DZ001 只增不改的表被改动或删除；DZ002 编号；DZ003 登记库；DZ004 案卷；DZ005 征求意见。
-- 从备份恢复时以 session_replication_role = replica 写入，触发器不起作用；恢复以后须运行 verify。

-- 只增不改 ----------------------------------------------------------------------------------------------------------

create or replace function dz_append_only() returns trigger language plpgsql as $$
begin
  raise exception '“%”只增不改，不得%', tg_table_name,
    case tg_op when 'UPDATE' then '更改' when 'DELETE' then '删除' else '清空' end
    using errcode = 'DZ001', table = tg_table_name;
end $$;
--> statement-breakpoint
do $$
declare name text;
begin
  foreach name in array array['ledger_events', 'refusals', 'command_log', 'texts', 'artefacts', 'blobs', 'comments',
    'comment_dispositions', 'rule_packs', 'ledger_seals']
  loop
    execute format('create or replace trigger dz_rows before update or delete on %I for each row execute function dz_append_only()', name);
    execute format('create or replace trigger dz_table before truncate on %I for each statement execute function dz_append_only()', name);
  end loop;
  foreach name in array array['numbers', 'number_series', 'register_entries', 'documents', 'public_consultations']
  loop
    execute format('create or replace trigger dz_table before truncate on %I for each statement execute function dz_append_only()', name);
  end loop;
end $$;
--> statement-breakpoint

-- 编号：不删除；已发出的只能作废，预留的只能发出或作废；序号、文本、系列、年份从不改变 ------------------------------

create or replace function dz_numbers() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception '编号“%”不得删除，只能作废并写明理由', old.text using errcode = 'DZ002', table = tg_table_name;
  end if;
  if (new.jurisdiction_id, new.series, new.year, new.seq, new.kind, new.text, new.at, new.by)
    is distinct from (old.jurisdiction_id, old.series, old.year, old.seq, old.kind, old.text, old.at, old.by) then
    raise exception '编号“%”的系列、年份、序号、文本与发出时间不得更改', old.text using errcode = 'DZ002', table = tg_table_name;
  end if;
  if old.status = 'void' then
    raise exception '编号“%”已作废，不得再改', old.text using errcode = 'DZ002', table = tg_table_name;
  end if;
  if not (old.status = 'issued' and new.status = 'void' or old.status = 'reserved' and new.status in ('issued', 'void')) then
    raise exception '编号“%”的状态不得由 % 改为 %', old.text, old.status, new.status using errcode = 'DZ002', table = tg_table_name;
  end if;
  if old.document_id is not null and new.document_id is distinct from old.document_id then
    raise exception '编号“%”已属于案卷 %，不得改归他件', old.text, old.document_id using errcode = 'DZ002', table = tg_table_name;
  end if;
  return new;
end $$;
--> statement-breakpoint
create or replace trigger dz_rows before update or delete on numbers for each row execute function dz_numbers();
--> statement-breakpoint
create or replace function dz_number_series() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception '编号系列“%”（% 年）不得删除', old.series, old.year using errcode = 'DZ002', table = tg_table_name;
  end if;
  if (new.jurisdiction_id, new.series, new.year, new.kind) is distinct from (old.jurisdiction_id, old.series, old.year, old.kind) then
    raise exception '编号系列“%”（% 年）不得改名、改年', old.series, old.year using errcode = 'DZ002', table = tg_table_name;
  end if;
  if new.last_seq < old.last_seq then
    raise exception '编号系列“%”（% 年）的最后序号不得由 % 退回 %', old.series, old.year, old.last_seq, new.last_seq
      using errcode = 'DZ002', table = tg_table_name;
  end if;
  return new;
end $$;
--> statement-breakpoint
create or replace trigger dz_rows before update or delete on number_series for each row execute function dz_number_series();
--> statement-breakpoint

-- 登记库：不删除；只能追加效力事件、补充政策解读（由空到有）-------------------------------------------------------

create or replace function dz_register_entries() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception '登记条目“%”不得删除', old.title using errcode = 'DZ003', table = tg_table_name;
  end if;
  if to_jsonb(new) - array['force_events', 'interpretation', 'interpretation_url', 'search']
    is distinct from to_jsonb(old) - array['force_events', 'interpretation', 'interpretation_url', 'search'] then
    raise exception '登记条目“%”一经公布不得更改', old.title using errcode = 'DZ003', table = tg_table_name;
  end if;
  if new.search is distinct from old.search then
    raise exception '登记条目“%”的检索词由正文算出，不得更改', old.title using errcode = 'DZ003', table = tg_table_name;
  end if;
  if old.interpretation is not null and new.interpretation is distinct from old.interpretation
    or old.interpretation_url is not null and new.interpretation_url is distinct from old.interpretation_url then
    raise exception '登记条目“%”的政策解读已经公布，不得更改', old.title using errcode = 'DZ003', table = tg_table_name;
  end if;
  if jsonb_typeof(new.force_events) is distinct from 'array'
    or jsonb_array_length(new.force_events) < jsonb_array_length(old.force_events)
    or exists (
      select from jsonb_array_elements(old.force_events) with ordinality as was(event, n)
      where new.force_events -> (n::int - 1) is distinct from event
    ) then
    raise exception '登记条目“%”的效力事件只能追加', old.title using errcode = 'DZ003', table = tg_table_name;
  end if;
  return new;
end $$;
--> statement-breakpoint
create or replace trigger dz_rows before update or delete on register_entries for each row execute function dz_register_entries();
--> statement-breakpoint

-- 案卷：不删除；版本与台账序号只增，台账序号不变则链头不变 ------------------------------------------------------

create or replace function dz_documents() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception '案卷“%”不得删除', old.title using errcode = 'DZ004', table = tg_table_name;
  end if;
  if (new.jurisdiction_id, new.id, new.created_at, new.proposed_by)
    is distinct from (old.jurisdiction_id, old.id, old.created_at, old.proposed_by) then
    raise exception '案卷“%”的标识、立项人与立项时间不得更改', old.title using errcode = 'DZ004', table = tg_table_name;
  end if;
  if new.version < old.version or new.ledger_seq < old.ledger_seq then
    raise exception '案卷“%”的版本与台账序号只增不减', old.title using errcode = 'DZ004', table = tg_table_name;
  end if;
  if new.ledger_seq = old.ledger_seq and new.ledger_head <> old.ledger_head then
    raise exception '案卷“%”没有新的台账记录，链头不得更改', old.title using errcode = 'DZ004', table = tg_table_name;
  end if;
  return new;
end $$;
--> statement-breakpoint
create or replace trigger dz_rows before update or delete on documents for each row execute function dz_documents();
--> statement-breakpoint

-- 征求意见：征求意见稿与说明冻结；截止时间只能延后，结束以后不再改动；反馈公布一次 --------------------------------

create or replace function dz_public_consultations() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception '征求意见“%”不得删除', old.title using errcode = 'DZ005', table = tg_table_name;
  end if;
  if (new.jurisdiction_id, new.id, new.document_id, new.n, new.title, new.body, new.text_hash, new.explanatory_note,
      new.opened_at, new.shortened)
    is distinct from (old.jurisdiction_id, old.id, old.document_id, old.n, old.title, old.body, old.text_hash,
      old.explanatory_note, old.opened_at, old.shortened) then
    raise exception '征求意见“%”的内容已经冻结，不得更改', old.title using errcode = 'DZ005', table = tg_table_name;
  end if;
  if new.closes_at < old.closes_at or new.closes_on < old.closes_on then
    raise exception '征求意见“%”的截止时间只能延后', old.title using errcode = 'DZ005', table = tg_table_name;
  end if;
  if old.closed_at is not null
    and (new.closes_at, new.closes_on, new.closed_at, new.extensions)
      is distinct from (old.closes_at, old.closes_on, old.closed_at, old.extensions) then
    raise exception '征求意见“%”已经结束，期限不得更改', old.title using errcode = 'DZ005', table = tg_table_name;
  end if;
  if old.feedback_at is not null
    and (new.feedback, new.feedback_at) is distinct from (old.feedback, old.feedback_at) then
    raise exception '征求意见“%”的意见采纳情况已经公布，不得更改', old.title using errcode = 'DZ005', table = tg_table_name;
  end if;
  return new;
end $$;
--> statement-breakpoint
create or replace trigger dz_rows before update or delete on public_consultations for each row execute function dz_public_consultations();
--> statement-breakpoint

-- 检索：词元不压缩（压不小，而解压费时）；效力事件的反向查找 -----------------------------------------------------

alter table register_entries alter column search set storage external;
--> statement-breakpoint
create index if not exists register_entries_force on register_entries using gin (force_events jsonb_path_ops) where force_events <> '[]'::jsonb;
--> statement-breakpoint
create index if not exists register_entries_wjbs on register_entries (jurisdiction_id, wjbs) where wjbs is not null;
