using System.Text;
using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

/// <summary>Files through the pool. Rules from test-fs-*.</summary>
public sealed class FsSpec : NodeSpec, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("node-fs").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string name) => Path.Combine(_folder, name);

    private static async Promise<string> CodeOf(Func<Promise> body) => NodeFs.CodeOf(await Fails<Exception>(body));

    [Fact, Pins("test-fs-readfile", "test-fs-writefile-with-fd", "test-fs-promises-writefile", "test-fs-write-file")]
    public void What_was_written_is_read_and_replaced() => Assert.Equal("first 2nd 0", TraceRealAsync(async log =>
    {
        await NodeFs.WriteFile(At("a"), "first");
        log(await NodeFs.ReadFile(At("a"), Encoding.UTF8));
        await NodeFs.WriteFile(At("a"), "2nd");
        log(await NodeFs.ReadFile(At("a"), Encoding.UTF8));
        await NodeFs.WriteFile(At("empty"), "");
        log((await NodeFs.ReadFile(At("empty"))).Length.ToString());
    }));

    [Fact, Pins("test-fs-append-file", "test-fs-promises-file-handle-append-file")]
    public void Appending_makes_the_file_and_goes_to_its_end() => Assert.Equal("ab", TraceRealAsync(async log =>
    {
        await NodeFs.AppendFile(At("a"), "a");
        await NodeFs.AppendFile(At("a"), "b");
        log(await NodeFs.ReadFile(At("a"), Encoding.UTF8));
    }));

    [Fact, Pins("test-fs-readfile-error", "test-fs-error-messages", "test-fs-readfile-unlink")]
    public void What_fails_has_Nodes_code() => Assert.Equal("ENOENT ENOENT EISDIR ENOENT ENOTDIR EEXIST ENOENT", TraceRealAsync(async log =>
    {
        await NodeFs.WriteFile(At("file"), "x");
        log(await CodeOf(() => NodeFs.ReadFile(At("none"))));
        log(await CodeOf(() => NodeFs.Stat(At("none"))));
        log(await CodeOf(() => NodeFs.WriteFile(_folder, "x")));
        log(await CodeOf(() => NodeFs.Unlink(At("none"))));
        log(await CodeOf(() => NodeFs.ReadDir(At("file"))));
        log(await CodeOf(() => NodeFs.Open(At("file"), "wx").Then(_ => true)));
        log(await CodeOf(() => NodeFs.Rename(At("none"), At("other"))));
    }));

    [Fact, Pins("test-fs-promises", "test-fs-access", "test-fs-stat")]
    public void Callbacks_get_an_error_or_a_result_and_promises_too() => Assert.Equal(
        "FileNotFoundException 5 5 True ENOENT",
        TraceReal(log =>
        NodeFs.WriteFile(At("a"), "hello"u8.ToArray(), error =>
        {
            Assert.Null(error);
            NodeFs.Stat(At("none"), (none, nothing) =>
            {
                log(none!.GetType().Name);
                NodeFs.ReadFile(At("a"), (unread, bytes) =>
                {
                    log(bytes!.Length.ToString());
                    _ = Rest();
                });
            });

            async Promise Rest()
            {
                log(((FileInfo)await NodeFs.Stat(At("a"))).Length.ToString());
                log((await NodeFs.Access(At("a"), write: true)).ToString());
                log(await CodeOf(() => NodeFs.Access(At("none"))));
            }
        })));

    [Fact, Pins("test-fs-mkdir", "test-fs-mkdir-rmdir")]
    public void A_folder_is_made_alone_or_with_those_above_it() => Assert.Equal("ENOENT one EEXIST null ENOTDIR ENOTEMPTY", TraceRealAsync(
        async log =>
        {
            log(await CodeOf(() => NodeFs.MakeDir(At("one/two"))));
            log(Path.GetFileName(await NodeFs.MakeDir(At("one/two/three"), recursive: true))!);
            log(await CodeOf(() => NodeFs.MakeDir(At("one"))));
            log(await NodeFs.MakeDir(At("one/two"), recursive: true) ?? "null");
            await NodeFs.WriteFile(At("file"), "x");
            log(await CodeOf(() => NodeFs.MakeDir(At("file/below"), recursive: true)));
            log(await CodeOf(() => NodeFs.RemoveDir(At("one"))));
        }));

    [Fact, Pins("test-fs-readdir", "test-fs-readdir-types", "test-fs-readdir-recursive", "test-fs-opendir")]
    public void The_names_of_a_folder_are_sorted_and_may_be_those_below_too() => Assert.Equal(
        "a b sub | a b sub sub/c | True",
        TraceRealAsync(
        async log =>
        {
            await NodeFs.MakeDir(At("sub"));
            foreach (var name in new[] { "b", "a", "sub/c" }) await NodeFs.WriteFile(At(name), "");
            log(string.Join(' ', await NodeFs.ReadDir(_folder)));
            log("|");
            log(string.Join(' ', (await NodeFs.ReadDir(_folder, recursive: true)).Select(name => name.Replace('\\', '/'))));
            log("|");
            log(((await NodeFs.ReadDirEntries(_folder))[2] is DirectoryInfo).ToString());
        }));

    [Fact, Pins("test-fs-rm", "test-fs-rmdir-recursive")]
    public void Removing_asks_for_recursive_and_force() => Assert.Equal("ERR_FS_EISDIR True ENOENT True", TraceRealAsync(async log =>
    {
        await NodeFs.MakeDir(At("a/b"), recursive: true);
        await NodeFs.WriteFile(At("a/b/c"), "x");
        log(await CodeOf(() => NodeFs.Remove(At("a"))));
        log((await NodeFs.Remove(At("a"), recursive: true)).ToString());
        log(await CodeOf(() => NodeFs.Remove(At("a"))));
        log((await NodeFs.Remove(At("a"), force: true)).ToString());
    }));

    [Fact, Pins("test-fs-copyfile", "test-fs-rename-type-check")]
    public void Copying_replaces_unless_it_is_exclusive_and_renaming_moves() => Assert.Equal("x EEXIST x False", TraceRealAsync(async log =>
    {
        await NodeFs.WriteFile(At("a"), "x");
        await NodeFs.WriteFile(At("b"), "y");
        await NodeFs.CopyFile(At("a"), At("b"));
        log(await NodeFs.ReadFile(At("b"), Encoding.UTF8));
        log(await CodeOf(() => NodeFs.CopyFile(At("a"), At("b"), exclusive: true)));
        await NodeFs.Rename(At("a"), At("c"));
        log(await NodeFs.ReadFile(At("c"), Encoding.UTF8));
        log(File.Exists(At("a")).ToString());
    }));

    [Fact, Pins("test-fs-mkdtemp")]
    public void A_folder_for_a_while_has_six_characters_more() => Assert.Equal("6 True", TraceRealAsync(async log =>
    {
        var path = await NodeFs.MakeTempDir(At("temp-"));
        log((path.Length - At("temp-").Length).ToString());
        log(Directory.Exists(path).ToString());
    }));

    [Fact, Pins("test-fs-promises-file-handle-read", "test-fs-promises-file-handle-write", "test-fs-read", "test-fs-write")]
    public void A_handle_reads_and_writes_where_it_stands_or_where_it_is_told() => Assert.Equal("abXd bX 4 0", TraceRealAsync(async log =>
    {
        await using var file = await NodeFs.Open(At("a"), "w+");
        await file.Write("ab"u8.ToArray());
        await file.Write("cd"u8.ToArray());
        await file.Write("X"u8.ToArray(), position: 2);
        log(await NodeFs.ReadFile(At("a"), Encoding.UTF8));
        var buffer = new byte[2];
        await file.Read(buffer, position: 1);
        log(Encoding.UTF8.GetString(buffer));
        log((await file.Length()).ToString());
        log((await file.Read(buffer)).ToString());
    }));

    [Fact, Pins("test-fs-promises-file-handle-truncate", "test-fs-truncate", "test-fs-promises-file-handle-sync")]
    public void A_file_can_be_cut_and_lengthened_with_zeros() => Assert.Equal("ab 4", TraceRealAsync(async log =>
    {
        await NodeFs.WriteFile(At("a"), "abcd");
        await NodeFs.Truncate(At("a"), 2);
        log(await NodeFs.ReadFile(At("a"), Encoding.UTF8));
        await using var file = await NodeFs.Open(At("a"), "r+");
        await file.Truncate(4);
        await file.Sync();
        var bytes = await file.ReadFile();
        Assert.Equal([(byte)'a', (byte)'b', 0, 0], bytes);
        log(bytes.Length.ToString());
    }));

    [Fact, Pins("test-fs-promises-file-handle-close", "test-fs-filehandle-use-after-close")]
    public void Closing_waits_for_what_was_begun_and_refuses_what_comes_later() => Assert.Equal("close written same EBADF", TraceRealAsync(
        async log =>
        {
            var file = await NodeFs.Open(At("a"), "w");
            file.On("close", () => log("close"));
            _ = file.Write(new byte[100_000]).Then(_ => log("written"));
            var closing = file.Close();
            Assert.Same(closing, file.Close());
            await closing;
            log("same");
            log(await CodeOf(() => file.Write(new byte[1])));
            Assert.Equal(100_000, new FileInfo(At("a")).Length);
        }));

    [Fact, Pins("test-fs-open-flags", "test-fs-open")]
    public void Flags_are_Nodes_and_others_are_refused() => Assert.Equal("EEXIST ENOENT abc", TraceRealAsync(async log =>
    {
        await NodeFs.WriteFile(At("a"), "ab");
        log(await CodeOf(() => NodeFs.Open(At("a"), "ax")));
        log(await CodeOf(() => NodeFs.Open(At("none"), "r+")));
        Assert.Throws<ArgumentException>(() => NodeFs.Open(At("a"), "+"));
        await using (var file = await NodeFs.Open(At("a"), "a"))
        {
            await file.Write("c"u8.ToArray(), position: 0);
        }

        log(await NodeFs.ReadFile(At("a"), Encoding.UTF8));
    }));

    [Fact, Pins("test-fs-read-stream", "test-fs-ready-event-stream", "test-fs-read-stream-double-close")]
    public void A_file_as_a_stream_opens_reads_ends_and_closes() => Assert.Equal("open ready data:5 end close 5", TraceReal(log =>
    {
        File.WriteAllText(At("a"), "hello");
        var r = NodeFs.CreateReadStream(At("a"));
        Assert.True(r.IsPending);
        foreach (var name in new[] { "open", "ready", "end", "close" }) r.On(name, () => log(name));
        r.OnData(chunk => log("data:" + chunk.Length));
        r.On("close", () => log(r.BytesRead.ToString()));
    }));

    [Fact, Pins("test-fs-read-stream-pos", "test-fs-read-stream-encoding", "test-fs-read-stream-fd")]
    public void A_part_of_a_file_is_read_from_start_to_end_inclusive() => Assert.Equal("bcd ERROR", TraceRealAsync(async log =>
    {
        await NodeFs.WriteFile(At("a"), "abcdef");
        var all = "";
        var r = NodeFs.CreateReadStream(At("a"), new FsStreamOptions { Start = 1, End = 3, HighWaterMark = 2 });
        await foreach (var text in r.SetEncoding().Iterate()) all += text;
        log(all);
        Assert.Throws<ArgumentOutOfRangeException>(() => NodeFs.CreateReadStream(At("a"), new FsStreamOptions { Start = 2, End = 1 }));
        log("ERROR");
    }));

    [Fact, Pins("test-fs-read-stream-err", "test-fs-stream-destroy-emit-error", "test-fs-write-stream-err")]
    public void A_stream_of_a_file_that_cannot_be_opened_fails_and_closes() => Assert.Equal("ENOENT close ENOENT close", TraceReal(log =>
    {
        var r = NodeFs.CreateReadStream(At("none"));
        r.On<Exception>("error", e => log(NodeFs.CodeOf(e)));
        r.On("close", () =>
        {
            log("close");
            var w = NodeFs.CreateWriteStream(At("none/none"));
            w.On<Exception>("error", e => log(NodeFs.CodeOf(e)));
            w.On("close", () => log("close"));
            w.Write("x");
        });
    }));

    [Fact, Pins("test-fs-write-stream", "test-fs-write-stream-end", "test-fs-write-stream-file-handle")]
    public void A_stream_into_a_file_opens_writes_finishes_and_closes() => Assert.Equal(
        "open ready finish close 10 0123456789",
        TraceReal(log =>
    {
        var w = NodeFs.CreateWriteStream(At("a"));
        foreach (var name in new[] { "open", "ready", "finish", "close" }) w.On(name, () => log(name));
        for (var i = 0; i < 10; i++) w.Write(i.ToString());
        w.End();
        w.On("close", () =>
        {
            log(w.BytesWritten.ToString());
            log(File.ReadAllText(At("a")));
        });
    }));

    [Fact, Pins("test-stream2-fs", "test-fs-sir-writes-alot")]
    public void A_large_file_goes_through_a_pipeline_unchanged() => Assert.Equal("ok", TraceReal(log =>
    {
        var bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(At("a"), bytes);
        Pipeline.Run(NodeFs.CreateReadStream(At("a")), NodeFs.CreateWriteStream(At("b")), error =>
        {
            log(Code(error));
            Assert.Equal(bytes, File.ReadAllBytes(At("b")));
        });
    }));

    [Fact, Pins("test-fs-read-stream-autoClose", "test-fs-promises-file-handle-stream", "test-fs-promises-file-handle-readLines")]
    public void A_handle_is_closed_by_its_stream_unless_that_is_switched_off() => Assert.Equal(
        "False True a,b,c",
        TraceRealAsync(async log =>
    {
        await NodeFs.WriteFile(At("a"), "a\nb\r\nc");
        var kept = await NodeFs.Open(At("a"));
        var r = kept.CreateReadStream(new FsStreamOptions { AutoClose = false });
        r.Resume();
        await new Promise<bool>(done => r.On("end", () => done.Resolve(true)));
        log(kept.IsClosed.ToString());
        await kept.Close();
        var closed = await NodeFs.Open(At("a"));
        await Drain(closed.CreateReadStream());
        log(closed.IsClosed.ToString());
        var lines = new List<string>();
        await foreach (var line in (await NodeFs.Open(At("a"))).ReadLines()) lines.Add(line);
        log(string.Join(',', lines));
    }));

    [Fact, Pins("test-fs-promises-readfile", "test-fs-promises-file-handle-op-errors")]
    public void A_signal_ends_a_reading_that_has_not_happened() => Assert.Equal("ABORT_ERR ABORT_ERR", TraceRealAsync(async log =>
    {
        await NodeFs.WriteFile(At("a"), "x");
        log(await CodeOf(() => NodeFs.ReadFile(At("a"), AbortSignal.Aborted())));
        var controller = new AbortController();
        Tick(() => controller.Abort());
        log(await CodeOf(() => NodeFs.ReadFile(At("a"), controller.Signal)));
    }));

    // What is told of a change, and when, is up to the system.
    [Fact, Pins("test-fs-watch-enoent", "test-fs-watch-abort-signal", "test-fs-watch-close-when-destroyed")]
    public void A_watcher_holds_the_loop_until_it_is_closed_also_by_a_signal() => Assert.Equal("waited close close", TraceReal(log =>
    {
        Assert.Throws<FileNotFoundException>(() => NodeFs.Watch(At("none")));
        var watcher = NodeFs.Watch(_folder);
        watcher.On("close", () =>
        {
            log("close");
            NodeFs.Watch(_folder, AbortSignal.Aborted()).On("close", () => log("close"));
        });
        After(50, () =>
        {
            log("waited");
            watcher.Close();
        }).Unref();
    }));

    private static async Promise Drain(IReadable<byte[]> stream)
    {
        await foreach (var _ in stream.Iterate()) { }
    }
}
