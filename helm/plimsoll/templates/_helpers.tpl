{{- define "plimsoll.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* What stays the same for the life of a release. */}}
{{- define "plimsoll.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "plimsoll.labels" -}}
{{ include "plimsoll.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "plimsoll.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{/* The deployments: what each runs, how often, and what it may take. */}}
{{- define "plimsoll.deployments" -}}
{{- if .Values.apart.enabled }}
- component: watch
  suffix: -watch
  roles: watch
  replicas: {{ .Values.apart.watch.replicas }}
  scaled: false
  resources: {{ toJson .Values.apart.watch.resources }}
- component: courier
  suffix: -courier
  roles: courier,chat,api
  replicas: {{ .Values.replicas }}
  scaled: {{ .Values.autoscaling.enabled }}
  resources: {{ toJson .Values.resources }}
{{- else }}
- component: server
  suffix: ""
  roles: watch,courier,chat,api
  replicas: {{ .Values.replicas }}
  scaled: {{ .Values.autoscaling.enabled }}
  resources: {{ toJson .Values.resources }}
{{- end }}
{{- end -}}

{{/* The component that answers HTTP, and that grows. */}}
{{- define "plimsoll.front" -}}
{{ ternary "courier" "server" .Values.apart.enabled }}
{{- end -}}

{{- define "plimsoll.databasePort" -}}
{{- regexFind ":[0-9]+$" (urlParse .Values.database.url).host | trimPrefix ":" | default "5432" -}}
{{- end -}}

{{- define "plimsoll.redisPort" -}}
{{- regexFind ":[0-9]+$" (urlParse .Values.redis.url).host | trimPrefix ":" | default "6379" -}}
{{- end -}}

{{- define "plimsoll.sinkUrl" -}}
http://{{ include "plimsoll.fullname" . }}-test-sink.{{ .Release.Namespace }}.svc:8081/hook
{{- end -}}

{{- define "plimsoll.testing" -}}
{{- if and .Values.test.enabled .Values.admin.enabled }}yes{{ end -}}
{{- end -}}

{{- define "plimsoll.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "plimsoll.containerSecurity" -}}
allowPrivilegeEscalation: false
privileged: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* What every pod of the image has, whatever it does. */}}
{{- define "plimsoll.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
serviceAccountName: {{ .Values.serviceAccountName }}
securityContext:
  {{- include "plimsoll.podSecurity" . | nindent 2 }}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end -}}

{{/* A variable whose value is a key of a Secret: dict "name" "secret" "key". */}}
{{- define "plimsoll.fromSecret" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: {{ .key }}
{{- end -}}

{{/* The variable of a setting: plimsoll.pipeline.courier-poll is PLIMSOLL_PIPELINE_COURIER_POLL. */}}
{{- define "plimsoll.variable" -}}
{{- regexReplaceAll "[^A-Za-z0-9]" . "_" | upper -}}
{{- end -}}
