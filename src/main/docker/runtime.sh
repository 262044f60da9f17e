#!/bin/sh
# Makes the Java of the image, of nothing but what Plimsoll uses, and the archive of its classes, which makes starts quick.
#   runtime.sh <JDK 25 or later> <folder with the packaged app in app/> <time of all files, ISO 8601>
set -eu
jdk=$1
image=$2
time=$3

rm -rf "$image/java" "$image/app/plimsoll.jsa" "$image/training"
"$jdk/bin/jlink" --output "$image/java" --strip-debug --no-header-files --no-man-pages --compress zip-0 \
    --add-modules java.se,jdk.unsupported,jdk.crypto.ec,jdk.zipfs,jdk.management,jdk.naming.dns,jdk.net,jdk.charsets,jdk.localedata,jdk.jfr,jdk.jcmd

# an archive remembers the times of the files it was made from: those that they have in the image
find "$image/java" "$image/app" -exec touch -d "$time" {} +

# of Java's own classes, which that of ours stands on
"$image/java/bin/java" -XX:+UseCompactObjectHeaders -Xshare:dump -Xlog:cds=off

# A start that gets as far as it can without a database, which refuses it, has loaded most of what a start loads.
mkdir "$image/training"
cd "$image/training"
status=0
PLIMSOLL_OPS_DATABASE_URL=postgresql://127.0.0.1:1/none PLIMSOLL_OPS_DATABASE_PASSWORD=none \
    PLIMSOLL_OPS_REDIS_URL=redis://127.0.0.1:1 PLIMSOLL_OPS_DATA_DIR=$image/training/data QUARKUS_HTTP_PORT=0 \
    "$image/java/bin/java" -XX:ArchiveClassesAtExit="$image/app/plimsoll.jsa" -XX:+UseCompactObjectHeaders \
    --sun-misc-unsafe-memory-access=allow -Djava.util.logging.manager=org.jboss.logmanager.LogManager -jar "$image/app/plimsoll.jar" >training.log 2>&1 || status=$?
grep -q 'Plimsoll does not start. The database postgresql://127.0.0.1:1/none does not let' training.log || {
    cat training.log
    echo "the training start ended with $status, but not as one without a database does" >&2
    exit 1
}
[ -s "$image/app/plimsoll.jsa" ] || {
    cat training.log
    echo "no archive of classes was made" >&2
    exit 1
}
touch -d "$time" "$image/app/plimsoll.jsa"
