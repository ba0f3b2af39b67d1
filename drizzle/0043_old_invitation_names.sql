-- 0039 以前，受邀者的名称写在邀请的行里，不能删；移到可以到期删除的表里，行里不再有，重立这张表的基线。
DO $$
BEGIN
  IF EXISTS (SELECT FROM consultation_invitations WHERE name IS NOT NULL) THEN
    INSERT INTO invitation_names (jurisdiction_id, invitation_id, name)
      SELECT jurisdiction_id, id, name FROM consultation_invitations WHERE name IS NOT NULL
      ON CONFLICT DO NOTHING;
    ALTER TABLE consultation_invitations DISABLE TRIGGER USER;
    UPDATE consultation_invitations SET name = NULL WHERE name IS NOT NULL;
    ALTER TABLE consultation_invitations ENABLE TRIGGER USER;
    PERFORM dz_office_baseline('consultation_invitations', ARRAY['id']);
  END IF;
END $$;
