// Sends 64 bytes on each of many connections and waits for them to come back: as fast as it goes, or paced.
// Usage: load port connections seconds [requests per second in all]
// Prints: requests (warming up included), requests measured, p50 and p99 in microseconds. Paced latency counts from when a request was due.
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MESSAGE = 64, MOST = 8000000 };

struct connection { int socket, received, busy; long sent, due; };

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000L + time.tv_nsec;
}

static int compare(const void *a, const void *b) {
    unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;
    return x < y ? -1 : x > y;
}

static void ask(struct connection *c, long time) {
    static char message[MESSAGE];
    c->sent = time;
    c->busy = 1;
    if (send(c->socket, message, MESSAGE, MSG_NOSIGNAL) != MESSAGE) exit(2);
}

static void open_all(struct connection *all, int count, int port, int poller) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    int one = 1;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < count; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
        all[i].socket = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(all[i].socket, (void *)&address, sizeof address)) exit(2);
        setsockopt(all[i].socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        epoll_ctl(poller, EPOLL_CTL_ADD, all[i].socket, &event);
    }
}

int main(int arguments, char **argument) {
    int count = atoi(argument[2]), poller = epoll_create1(0), next = 0;
    double rate = arguments > 4 ? atof(argument[4]) : 0;
    struct connection *all = calloc(count, sizeof *all);
    unsigned *latency = malloc(MOST * sizeof *latency);
    open_all(all, count, atoi(argument[1]), poller);
    long start = now(), warm = start + 500000000, end = warm + (long)(atof(argument[3]) * 1e9);
    long step = rate > 0 ? (long)(1e9 * count / rate) : 0, requests = 0, measured = 0;
    for (int i = 0; i < count; i++) {
        if (step) all[i].due = start + step * i / count;
        else ask(&all[i], start);
    }

    for (long time = start; time < end;) {
        struct timespec pause = {0, 100000000};
        if (step) {
            for (; all[next].due <= time; next = (next + 1) % count) {
                // Still busy: the slot is lost, the latency goes on from when the last one was due.
                if (!all[next].busy) ask(&all[next], all[next].due);
                all[next].due += step;
            }
            pause.tv_nsec = all[next].due - time < 100000000 ? all[next].due - time : 100000000;
        }
        struct epoll_event events[512];
        int ready = epoll_pwait2(poller, events, 512, &pause, NULL);
        time = now();
        for (int i = 0; i < ready; i++) {
            struct connection *c = &all[events[i].data.u32];
            char answer[4096];
            ssize_t bytes = recv(c->socket, answer, sizeof answer, 0);
            if (bytes <= 0) exit(2);
            c->received += bytes;
            if (c->received < MESSAGE) continue;
            c->received = c->busy = 0;
            requests++;
            if (time > warm && measured < MOST) latency[measured++] = (unsigned)((time - c->sent) / 100);
            if (!step) ask(c, time);
        }
    }

    qsort(latency, measured, sizeof *latency, compare);
    printf("%ld\t%ld\t%.1f\t%.1f\n", requests, measured, latency[measured / 2] / 10.0, latency[measured * 99 / 100] / 10.0);
    return 0;
}
