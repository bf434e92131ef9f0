/* Notes what a process writes to the files of one folder, and when it has it synced, so that a power cut can be played
   afterwards: what was synced is on the disk, of the rest any part may be.

   Loaded before libc's functions (LD_PRELOAD). SUIRO_CUT_FOLDER names the folder, SUIRO_CUT_JOURNAL the file of notes;
   with SUIRO_CUT_LIES=1 syncs are not noted, as on a disk that only says so: the fault that the test plants. While the
   file that SUIRO_CUT_FULL names is there, the folder's disk is full.

   A note is a line, `kind file offset length`, and for writes `length` bytes after it. Kinds: N(ame),
   W(rite), T(runcate), S(ync), U(nlink). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define FILES 4096
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int file_of[FILES]; /* by descriptor: a number above 0 where it is one of ours */
static char *names[FILES];
static int known = 0, journal = -1;

static void note(char kind, int file, long long offset, long long length, const void *bytes, size_t size) {
    char head[96];
    int written = snprintf(head, sizeof head, "%c %d %lld %lld\n", kind, file, offset, length);
    if (journal < 0) {
        const char *path = getenv("SUIRO_CUT_JOURNAL");
        if (!path) return;
        journal = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    }
    syscall(SYS_write, journal, head, written);
    if (size) syscall(SYS_write, journal, bytes, size);
}

static int number(const char *path) {
    for (int i = 1; i <= known; i++)
        if (!strcmp(names[i], path)) return i;
    if (known + 1 >= FILES) return 0;
    names[++known] = strdup(path);
    note('N', known, 0, strlen(path), path, strlen(path));
    return known;
}

static int is_ours(const char *path) {
    const char *folder = getenv("SUIRO_CUT_FOLDER");
    return folder && path && !strncmp(path, folder, strlen(folder)) && !strstr(path, "-shm");
}

static int is_full(void) {
    const char *flag = getenv("SUIRO_CUT_FULL");
    return flag && !access(flag, F_OK);
}

static void opened(int descriptor, const char *path, int flags) {
    if (descriptor < 0 || descriptor >= FILES || !is_ours(path) || (flags & O_DIRECTORY)) return;
    pthread_mutex_lock(&lock);
    file_of[descriptor] = number(path);
    if (flags & O_TRUNC) note('T', file_of[descriptor], 0, 0, 0, 0);
    pthread_mutex_unlock(&lock);
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = dlsym(RTLD_NEXT, name)

static int open_with(const char *symbol, const char *path, int flags, mode_t mode) {
    int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, symbol);
    int descriptor = real(path, flags, mode);
    opened(descriptor, path, flags);
    return descriptor;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, int) : 0; \
        va_end(more); \
        return open_with(#name, path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

int close(int descriptor) {
    REAL(int, "close", int);
    if (descriptor >= 0 && descriptor < FILES) {
        pthread_mutex_lock(&lock);
        file_of[descriptor] = 0;
        pthread_mutex_unlock(&lock);
    }
    return real(descriptor);
}

/* The note comes under the same lock as the write, so that notes stand in the order of what happened. */
static ssize_t pwrite_with(const char *symbol, int descriptor, const void *bytes, size_t size, off64_t offset) {
    ssize_t (*real)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, symbol);
    if (descriptor < 0 || descriptor >= FILES || !file_of[descriptor]) return real(descriptor, bytes, size, offset);
    if (is_full()) {
        errno = ENOSPC;
        return -1;
    }
    pthread_mutex_lock(&lock);
    ssize_t done = real(descriptor, bytes, size, offset);
    if (done > 0) note('W', file_of[descriptor], offset, done, bytes, done);
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t offset) {
    return pwrite_with("pwrite", descriptor, bytes, size, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off64_t offset) {
    return pwrite_with("pwrite64", descriptor, bytes, size, offset);
}

ssize_t write(int descriptor, const void *bytes, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    if (descriptor < 0 || descriptor >= FILES || !file_of[descriptor]) return real(descriptor, bytes, size);
    pthread_mutex_lock(&lock);
    off_t offset = lseek(descriptor, 0, SEEK_CUR);
    ssize_t done = real(descriptor, bytes, size);
    if (done > 0) note('W', file_of[descriptor], offset, done, bytes, done);
    pthread_mutex_unlock(&lock);
    return done;
}

static int truncate_with(const char *symbol, int descriptor, off64_t length) {
    int (*real)(int, off64_t) = dlsym(RTLD_NEXT, symbol);
    if (descriptor < 0 || descriptor >= FILES || !file_of[descriptor]) return real(descriptor, length);
    pthread_mutex_lock(&lock);
    int done = real(descriptor, length);
    if (!done) note('T', file_of[descriptor], length, 0, 0, 0);
    pthread_mutex_unlock(&lock);
    return done;
}

int ftruncate(int descriptor, off_t length) { return truncate_with("ftruncate", descriptor, length); }
int ftruncate64(int descriptor, off64_t length) { return truncate_with("ftruncate64", descriptor, length); }

/* What was written before the sync began is on the disk when it ends; what others write meanwhile need not be. */
static int sync_with(const char *symbol, int descriptor) {
    int (*real)(int) = dlsym(RTLD_NEXT, symbol);
    int file = descriptor >= 0 && descriptor < FILES ? file_of[descriptor] : 0;
    if (!file || getenv("SUIRO_CUT_LIES")) return real(descriptor);
    pthread_mutex_lock(&lock);
    int done = real(descriptor);
    if (!done) note('S', file, 0, 0, 0, 0);
    pthread_mutex_unlock(&lock);
    return done;
}

int fsync(int descriptor) { return sync_with("fsync", descriptor); }
int fdatasync(int descriptor) { return sync_with("fdatasync", descriptor); }

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    int done = real(path);
    if (!done && is_ours(path)) {
        pthread_mutex_lock(&lock);
        note('U', number(path), 0, 0, 0, 0);
        pthread_mutex_unlock(&lock);
    }
    return done;
}
