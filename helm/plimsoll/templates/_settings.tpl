{{/* What every replica is told by environment variables. Nothing of it is secret. */}}
{{- define "plimsoll.settings" -}}
{{- include "plimsoll.databaseSettings" . }}
PLIMSOLL_OPS_REDIS_URL: {{ .Values.redis.url | quote }}
{{- if .Values.redis.tls.existingSecret }}
PLIMSOLL_OPS_REDIS_CA: /etc/plimsoll/redis-ca/{{ .Values.redis.tls.key }}
{{- end }}
PLIMSOLL_OPS_DATA_DIR: /tmp/plimsoll
PLIMSOLL_DELIVERY_MASTER_KEY_FILE: /etc/plimsoll/master-key/master-key.json
{{- with .Values.publicUrl }}
PLIMSOLL_API_PUBLIC_URL: {{ . | quote }}
{{- end }}
{{- with .Values.trustedProxies }}
PLIMSOLL_API_TRUSTED_PROXIES: {{ join "," . | quote }}
{{- end }}
PLIMSOLL_ACCOUNT_SIGN_UP: {{ .Values.signUp }}
{{- if .Values.email.host }}
PLIMSOLL_DELIVERY_EMAIL_HOST: {{ .Values.email.host | quote }}
PLIMSOLL_DELIVERY_EMAIL_PORT: {{ .Values.email.port | quote }}
PLIMSOLL_DELIVERY_EMAIL_ENCRYPTION: {{ .Values.email.encryption }}
PLIMSOLL_DELIVERY_EMAIL_FROM: {{ .Values.email.from | quote }}
{{- with .Values.email.username }}
PLIMSOLL_DELIVERY_EMAIL_USERNAME: {{ . | quote }}
{{- end }}
{{- end }}
{{- if .Values.provisioning.existingConfigMap }}
PLIMSOLL_PROVISIONING_PATH: /etc/plimsoll/provisioning
{{- end }}
{{- if include "plimsoll.testing" . }}
PLIMSOLL_DELIVERY_TRUSTED_URLS: {{ include "plimsoll.sinkUrl" . }}
{{- end }}
QUARKUS_HTTP_HOST: "0.0.0.0"
QUARKUS_HTTP_PORT: "8080"
QUARKUS_MANAGEMENT_HOST: "0.0.0.0"
QUARKUS_MANAGEMENT_PORT: "9000"
QUARKUS_SHUTDOWN_DELAY: {{ printf "%ds" (int .Values.shutdown.delaySeconds) }}
QUARKUS_SHUTDOWN_TIMEOUT: {{ printf "%ds" (int .Values.shutdown.timeoutSeconds) }}
{{- range $setting, $value := .Values.settings }}
{{ include "plimsoll.variable" $setting }}: {{ $value | toString | quote }}
{{- end }}
{{- end -}}

{{/* Where the database is. */}}
{{- define "plimsoll.databaseSettings" -}}
PLIMSOLL_OPS_DATABASE_URL: {{ .Values.database.url | quote }}
PLIMSOLL_OPS_DATABASE_OWNER_USER: {{ .Values.database.users.owner }}
PLIMSOLL_OPS_DATABASE_API_USER: {{ .Values.database.users.api }}
PLIMSOLL_OPS_DATABASE_ENGINE_USER: {{ .Values.database.users.engine }}
{{- if .Values.database.tls.existingSecret }}
PLIMSOLL_OPS_DATABASE_CA: /etc/plimsoll/database-ca/{{ .Values.database.tls.key }}
{{- end }}
{{- end -}}

{{/* What only its Secret says: the variable of each key that is used. */}}
{{- define "plimsoll.secrets" -}}
{{- $keys := dict "PLIMSOLL_OPS_DATABASE_API_PASSWORD" "api-password" "PLIMSOLL_OPS_DATABASE_ENGINE_PASSWORD" "engine-password" -}}
{{- if .Values.redis.password }}{{ $_ := set $keys "QUARKUS_REDIS_PASSWORD" "redis-password" }}{{ end -}}
{{- if .Values.admin.enabled }}{{ $_ := set $keys "PLIMSOLL_ACCOUNT_ADMIN_KEY" "admin-key" }}{{ end -}}
{{- if .Values.telegram.enabled }}{{ $_ := set $keys "PLIMSOLL_DELIVERY_TELEGRAM_TOKEN" "telegram-token" }}{{ end -}}
{{- if .Values.email.username }}{{ $_ := set $keys "PLIMSOLL_DELIVERY_EMAIL_PASSWORD" "smtp-password" }}{{ end -}}
{{- if .Values.pushover.enabled }}{{ $_ := set $keys "PLIMSOLL_DELIVERY_PUSHOVER_TOKEN" "pushover-token" }}{{ end -}}
{{- if .Values.deadMan.enabled }}{{ $_ := set $keys "PLIMSOLL_PIPELINE_DEAD_MAN_URL" "dead-man-url" }}{{ end -}}
{{- range $setting, $key := .Values.secretSettings }}{{ $_ := set $keys (include "plimsoll.variable" $setting) $key }}{{ end -}}
{{- range $name, $key := $keys }}
{{ include "plimsoll.fromSecret" (dict "name" $name "secret" $.Values.existingSecret "key" $key) }}
{{- end }}
{{- end -}}

{{/* The files a replica reads: dict "root" $ "server" true, or false for the migration. */}}
{{- define "plimsoll.mounts" -}}
- name: tmp
  mountPath: /tmp
{{- if .root.Values.database.tls.existingSecret }}
- name: database-ca
  mountPath: /etc/plimsoll/database-ca
  readOnly: true
{{- end }}
{{- if .server }}
- name: master-key
  mountPath: /etc/plimsoll/master-key
  readOnly: true
{{- if .root.Values.redis.tls.existingSecret }}
- name: redis-ca
  mountPath: /etc/plimsoll/redis-ca
  readOnly: true
{{- end }}
{{- if .root.Values.provisioning.existingConfigMap }}
- name: provisioning
  mountPath: /etc/plimsoll/provisioning
  readOnly: true
{{- end }}
{{- end }}
{{- end -}}

{{- define "plimsoll.volumes" -}}
- name: tmp
  emptyDir:
    sizeLimit: 256Mi
{{- if .root.Values.database.tls.existingSecret }}
- name: database-ca
  secret:
    secretName: {{ .root.Values.database.tls.existingSecret }}
    items:
      - key: {{ .root.Values.database.tls.key }}
        path: {{ .root.Values.database.tls.key }}
{{- end }}
{{- if .server }}
- name: master-key
  secret:
    secretName: {{ .root.Values.existingSecret }}
    defaultMode: 0440
    items:
      - key: master-key.json
        path: master-key.json
{{- if .root.Values.redis.tls.existingSecret }}
- name: redis-ca
  secret:
    secretName: {{ .root.Values.redis.tls.existingSecret }}
    items:
      - key: {{ .root.Values.redis.tls.key }}
        path: {{ .root.Values.redis.tls.key }}
{{- end }}
{{- if .root.Values.provisioning.existingConfigMap }}
- name: provisioning
  projected:
    defaultMode: 0440
    sources:
      - configMap:
          name: {{ .root.Values.provisioning.existingConfigMap }}
      {{- if .root.Values.provisioning.existingSecret }}
      - secret:
          name: {{ .root.Values.provisioning.existingSecret }}
      {{- end }}
{{- end }}
{{- end }}
{{- end -}}
