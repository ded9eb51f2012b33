/* Counts the calls that change the files of a process (those below FAULT_FOLDER) and does harm at one of them.
   FAULT_COUNT names a file that is told how many there were; FAULT_AT is the number of the call, FAULT_KIND what happens: kill, enospc (from there on: a disk that is
   full stays full) or eio (that call alone). FAULT_KEPT names files that cannot be deleted (/one/another/), FAULT_CLOCK the seconds that the clock is ahead. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* What the name stands for without us. */
#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

enum { WRITES = 1 };
static int calls;

static int is_ours(const char *path) {
    const char *folder = getenv("FAULT_FOLDER");
    return folder && strncmp(path, folder, strlen(folder)) == 0;
}

static int is_open(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0)
        return 0;
    path[length] = 0;
    return is_ours(path);
}

static int is_kept(const char *path) {
    const char *kept = getenv("FAULT_KEPT"), *name = strrchr(path, '/');
    char text[4096];
    snprintf(text, sizeof text, "%s/", name ? name : path);
    return kept && strstr(kept, text);
}

/* The error that the call is to fail with, or 0. */
static int fault(int writes) {
    int call = __sync_add_and_fetch(&calls, 1);
    const char *count = getenv("FAULT_COUNT"), *at = getenv("FAULT_AT"), *kind = getenv("FAULT_KIND");
    if (count) {
        char text[16];
        int fd = open(count, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        int length = snprintf(text, sizeof text, "%d", call);
        if (fd < 0 || NEXT(write)(fd, text, length) != length)
            abort();
        close(fd);
    }
    if (!at || !kind)
        return 0;
    if (strcmp(kind, "enospc") == 0)
        return writes && call >= atoi(at) ? ENOSPC : 0;
    if (call != atoi(at))
        return 0;
    if (strcmp(kind, "kill") == 0)
        kill(getpid(), SIGKILL);
    return EIO;
}

#define FAULTY(type, name, parameters, arguments, ours, writes) \
    type name parameters {                                      \
        int error = ours ? fault(writes) : 0;                   \
        if (error) {                                            \
            errno = error;                                      \
            return -1;                                          \
        }                                                       \
        return NEXT(name) arguments;                            \
    }

FAULTY(ssize_t, write, (int fd, const void *data, size_t size), (fd, data, size), is_open(fd), WRITES)
FAULTY(ssize_t, pwrite, (int fd, const void *data, size_t size, off_t at), (fd, data, size, at), is_open(fd), WRITES)
FAULTY(ssize_t, pwrite64, (int fd, const void *data, size_t size, off64_t at), (fd, data, size, at), is_open(fd), WRITES)
FAULTY(int, ftruncate, (int fd, off_t size), (fd, size), is_open(fd), 0)
FAULTY(int, ftruncate64, (int fd, off64_t size), (fd, size), is_open(fd), 0)
FAULTY(int, fsync, (int fd), (fd), is_open(fd), 0)
FAULTY(int, fdatasync, (int fd), (fd), is_open(fd), 0)
FAULTY(int, mkdir, (const char *path, mode_t mode), (path, mode), is_ours(path), 0)
FAULTY(int, rename, (const char *from, const char *to), (from, to), is_ours(to), 0)
FAULTY(int, link, (const char *from, const char *to), (from, to), is_ours(to), 0)

int unlink(const char *path) {
    int error = is_kept(path) ? EPERM : is_ours(path) ? fault(0) : 0;
    if (error) {
        errno = error;
        return -1;
    }
    return NEXT(unlink)(path);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int result = NEXT(clock_gettime)(clock, now);
    const char *ahead = getenv("FAULT_CLOCK");
    if (clock == CLOCK_REALTIME && ahead && result == 0)
        now->tv_sec += atol(ahead);
    return result;
}
