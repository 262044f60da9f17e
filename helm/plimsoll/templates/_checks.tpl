{{/* What the schema cannot say in a sentence. Each manifest that needs it includes this. */}}
{{- define "plimsoll.checks" -}}
{{- if not .Values.existingSecret -}}
{{- fail "\n\nPlimsoll seals secrets with a master key that must outlive its pods: make a Secret with master-key.json, api-password and engine-password, and name it with --set existingSecret=<name>. How: src/docs/kubernetes.md." -}}
{{- end -}}
{{- if not .Values.database.url -}}
{{- fail "\n\nPlimsoll keeps everything in a PostgreSQL of yours: say where with --set database.url=postgresql://<host>:5432/plimsoll." -}}
{{- end -}}
{{- if not .Values.redis.url -}}
{{- fail "\n\nPlimsoll's replicas count together in a Redis of yours: say where with --set redis.url=redis://<host>:6379." -}}
{{- end -}}
{{- if and .Values.migration.enabled (not .Values.migration.existingSecret) -}}
{{- fail "\n\nThe schema is migrated as its owner, whose password no other pod may see: make a Secret with owner-password, and name it with --set migration.existingSecret=<name>." -}}
{{- end -}}
{{- if eq .Values.migration.existingSecret .Values.existingSecret -}}
{{- if .Values.migration.enabled -}}
{{- fail "\n\nThe owner's password must be in a Secret of its own: migration.existingSecret and existingSecret are the same." -}}
{{- end -}}
{{- end -}}
{{- $several := or (gt (int .Values.replicas) 1) .Values.apart.enabled .Values.autoscaling.enabled -}}
{{- if and $several (not .Values.publicUrl) -}}
{{- fail "\n\nMore than one replica needs one address for all: say where people reach it with --set publicUrl=https://<host>, or take --set replicas=1." -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.publicUrl) -}}
{{- fail "\n\nAn Ingress needs a host: say it with --set publicUrl=https://<host>." -}}
{{- end -}}
{{- if gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas) -}}
{{- fail "\n\nautoscaling.minReplicas is more than autoscaling.maxReplicas." -}}
{{- end -}}
{{- if and .Values.redis.tls.existingSecret (not (hasPrefix "rediss://" .Values.redis.url)) -}}
{{- fail "\n\nredis.tls.existingSecret is for a Redis with TLS: its URL begins with rediss://." -}}
{{- end -}}
{{- if and .Values.email.host (not .Values.email.from) -}}
{{- fail "\n\nMails need a sender: say it with --set email.from=alerts@<domain>." -}}
{{- end -}}
{{- if and .Values.email.username (eq .Values.email.encryption "none") -}}
{{- fail "\n\nA password is only ever sent to a mail server over TLS: email.encryption is none, email.username is not empty." -}}
{{- end -}}
{{- range $setting, $value := .Values.settings -}}
{{- if hasKey $.Values.secretSettings $setting -}}
{{- fail (printf "\n\n%s is in settings and in secretSettings: take it out of one." $setting) -}}
{{- end -}}
{{- end -}}
{{- end -}}
