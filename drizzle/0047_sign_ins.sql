CREATE TABLE "auth_sign_ins" (
	"user_id" text PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"exact" boolean DEFAULT true NOT NULL
);
--> statement-breakpoint
ALTER TABLE "auth_sign_ins" ADD CONSTRAINT "auth_sign_ins_user_id_auth_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- 升级以前登录过的：还有会话的记会话的时刻，改过一次性密码的只知道在升级以前登录过；一次性密码还没有改、也没有重置过的，没有登录过。
INSERT INTO auth_sign_ins (user_id, at, exact)
SELECT u.id, coalesce(s.at, now()), s.at IS NOT NULL
FROM auth_users u
LEFT JOIN LATERAL (SELECT max(created_at) AS at FROM auth_sessions WHERE user_id = u.id) s ON true
WHERE s.at IS NOT NULL OR NOT u.must_change_password
  OR EXISTS (SELECT 1 FROM office_acts a JOIN people p ON p.jurisdiction_id = a.jurisdiction_id AND p.id = a.subject WHERE a.kind = 'password_reset' AND p.user_id = u.id);
