using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4001BlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

public sealed partial class QNT4001BlockingCallInCoroutineTests
{
    [Fact]
    public Task A_sleep_in_an_async_method_is_flagged() => Flags(
        "async Task HandleAsync() { [|Thread.Sleep(1000)|]; await Task.Yield(); }",
        "'HandleAsync' is a coroutine and holds its thread while it sleeps (HandleAsync → Thread.Sleep)", "await Task.Delay");

    [Fact]
    public Task A_sleep_in_a_synchronous_method_is_allowed() => Allows(
        "void Handle() { Thread.Sleep(1000); }");

    [Fact]
    public Task An_async_lambda_is_a_coroutine() => Flags(
        "Func<Task> M() => async () => { [|Thread.Sleep(1)|]; await Task.Yield(); };");

    [Fact]
    public Task A_synchronous_lambda_that_is_only_stored_is_none() => Allows(
        "Action M() => () => Thread.Sleep(1);");

    [Fact]
    public Task An_async_local_function_is_a_coroutine() => Flags(
        "void M() { async Task Inner() { [|Thread.Sleep(1)|]; await Task.Yield(); } _ = Inner(); }");

    [Fact]
    public Task A_synchronous_local_function_is_none() => Allows(
        "void M() { void Inner() { Thread.Sleep(1); } Inner(); }");

    [Fact]
    public Task An_async_iterator_is_a_coroutine() => Flags(
        "async IAsyncEnumerable<int> M() { [|Thread.Sleep(1)|]; yield return 1; await Task.Yield(); }");

    [Fact]
    public Task A_synchronous_iterator_is_none() => Allows(
        "IEnumerable<int> M() { Thread.Sleep(1); yield return 1; }");

    [Fact]
    public Task A_method_that_works_before_it_returns_its_task_is_a_coroutine() => Flags(
        "public Task M() { [|Thread.Sleep(1)|]; return Task.CompletedTask; }");

    [Fact]
    public Task A_method_that_returns_no_task_is_none() => Allows(
        "public int M() { Thread.Sleep(1); return 1; }");

    [Fact]
    public Task A_primitive_without_an_asynchronous_twin_is_flagged() => Flags(
        "async Task M(ManualResetEvent done, BlockingCollection<int> queue) { [|done.WaitOne()|]; [|queue.Take()|]; await Task.Yield(); }");

    [Fact]
    public Task Looking_at_a_primitive_is_allowed() => Allows(
        "async Task M(ManualResetEvent done, BlockingCollection<int> queue) { done.Set(); queue.TryTake(out _); await Task.Yield(); }");

    [Fact]
    public Task A_wait_with_a_time_out_is_flagged() => Flags(
        "async Task M(SemaphoreSlim gate) { [|gate.Wait(10)|]; await Task.Yield(); }");

    [Fact]
    public Task A_wait_of_zero_milliseconds_only_looks() => Allows(
        "async Task M(SemaphoreSlim gate, ManualResetEvent done) { gate.Wait(0); done.WaitOne(0); await Task.Yield(); }");

    [Fact]
    public Task A_wait_of_TimeSpan_Zero_only_looks() => Allows(
        "async Task M(SemaphoreSlim gate, ManualResetEvent done) { gate.Wait(TimeSpan.Zero); done.WaitOne(TimeSpan.Zero); "
        + "await Task.Yield(); }");

    [Fact]
    public Task A_file_stream_is_read_from_a_device() => Flags(
        "async Task M() { using var s = File.OpenRead(\"a\"); [|s.Read(new byte[1], 0, 1)|]; await Task.Yield(); }");

    [Fact]
    public Task A_memory_stream_is_not() => Allows(
        "async Task M() { using var s = new MemoryStream(); s.Read(new byte[1], 0, 1); await Task.Yield(); }");

    [Fact]
    public Task A_reader_over_a_decompressor_over_a_file_is_read_from_a_device() => Flags(
        """
        async Task M()
        {
            var s = new FileStream("a", FileMode.Open);
            var text = [|new StreamReader(new System.IO.Compression.GZipStream(s, (System.IO.Compression.CompressionMode)0)).ReadToEnd()|];
            await Task.Yield();
        }
        """);

    [Fact]
    public Task A_reader_over_a_decompressor_over_memory_is_not() => Allows(
        """
        async Task M(byte[] data)
        {
            var s = new MemoryStream(data);
            var text = new StreamReader(new System.IO.Compression.GZipStream(s, (System.IO.Compression.CompressionMode)0)).ReadToEnd();
            await Task.Yield();
        }
        """);

    [Fact]
    public Task A_method_that_only_wraps_a_wait_counts_as_the_primitive() => Flags(
        """
        async Task M(Task<int> t) { [|Await(t)|]; await Task.Yield(); }
        static int Await(Task<int> task) => task.GetAwaiter().GetResult();
        """);

    [Fact]
    public Task The_wrapper_of_a_complete_task_is_allowed() => Allows(
        """
        async Task M(Task<int> t) { await t; Await(t); }
        static int Await(Task<int> task) => task.GetAwaiter().GetResult();
        """);

    [Fact]
    public Task A_delegate_that_is_run_at_once_belongs_to_the_coroutine() => Flags(
        "async Task M(List<string> files) { files.ForEach(f => [|File.ReadAllText(f)|]); await Task.Yield(); }");

    [Fact]
    public Task A_delegate_that_the_pool_runs_does_not() => Allows(
        "async Task M(string file) { await Task.Run(() => File.ReadAllText(file)); }");

    [Fact]
    public Task A_thread_of_its_own_may_block() => Allows(
        """
        async Task M()
        {
            new Thread(() => Thread.Sleep(1)).Start();
            await Task.Factory.StartNew(() => Thread.Sleep(1), TaskCreationOptions.LongRunning);
        }
        """);

    [Fact]
    public Task A_call_on_a_cold_path_is_left_to_the_possible_form() => Allows(
        "async Task M(int n) { await Task.Yield(); if (n < 0) { Thread.Sleep(1); throw new Exception(); } }");

    [Fact]
    public Task The_same_branch_without_the_throw_is_flagged() => Flags(
        "async Task M(int n) { await Task.Yield(); if (n < 0) { [|Thread.Sleep(1)|]; } }");

    [Fact]
    public Task Brief_work_is_left_to_the_possible_form() => Allows(
        "async Task M() { if (File.Exists(\"a\")) File.Delete(\"a\"); await Task.Yield(); }");

    [Fact]
    public Task Every_place_is_a_cause_of_its_own() => Flags(
        "async Task M() { [|Thread.Sleep(1)|]; [|Thread.Sleep(2)|]; await Task.Yield(); }");

    [Fact]
    public Task A_switch_captured_by_a_local_function_chooses_the_synchronous_form() => Allows(
        """
        Task<string> LoadAsync(string path, bool async)
        {
            return Read();
            async Task<string> Read() => async ? await File.ReadAllTextAsync(path) : File.ReadAllText(path);
        }
        """);

    [Theory]
    [InlineData("IsSynchronous", "work.Wait()", "await work")]
    [InlineData("UseAsync", "await work", "work.Wait()")]
    public Task A_switch_that_an_object_carries_chooses_the_synchronous_form(string name, string whenTrue, string whenFalse) => Allows(
        $"async Task M(Context context, Task work) {{ if (context.{name}) {whenTrue}; else {whenFalse}; }}"
        + $" class Context {{ public bool {name} {{ get; set; }} }}");

    [Theory]
    [InlineData("IsSynced")]
    [InlineData("SyncLibrary")]
    [InlineData("IsCached")]
    public Task A_property_that_is_no_switch_is_flagged(string name) => Flags(
        $"async Task M(Context context, Task work) {{ if (context.{name}) [|work.Wait()|]; else await work; }}"
        + $" class Context {{ public bool {name} {{ get; set; }} }}");

    [Fact]
    public Task A_captured_bool_that_is_no_switch_is_flagged() => Flags(
        """
        Task<string> LoadAsync(string path, bool cached)
        {
            return Read();
            async Task<string> Read() => cached ? await File.ReadAllTextAsync(path) : [|File.ReadAllText(path)|];
        }
        """);

    [Fact]
    public Task A_stream_wrapped_around_itself_does_not_end_the_reading() => Flags(
        """
        async Task CopyAsync(Stream stream, bool zipped)
        {
            if (zipped) stream = new BufferedStream(stream);
            Stream inner = null;
            inner = new BufferedStream(inner);
            [|Thread.Sleep(10)|];
            await stream.FlushAsync();
        }
        """);

    private const string Redis =
        """
        namespace StackExchange.Redis
        {
            [Flags] public enum CommandFlags { None, FireAndForget = 2 }
            public interface IDatabase { bool KeyDelete(string key, CommandFlags flags); }
        }

        """;

    [Fact]
    public Task A_command_whose_answer_is_waited_for_is_flagged() => Flags(Redis +
        "class C { public async Task M(StackExchange.Redis.IDatabase db) { await Task.Yield(); "
        + "[|db.KeyDelete(\"a\", StackExchange.Redis.CommandFlags.None)|]; } }");

    [Fact]
    public Task A_command_that_is_fired_and_forgotten_is_allowed() => Allows(Redis +
        "class C { public async Task M(StackExchange.Redis.IDatabase db) { await Task.Yield(); "
        + "db.KeyDelete(\"a\", StackExchange.Redis.CommandFlags.FireAndForget); } }");

    [Fact]
    public Task A_poll_that_waits_is_flagged() => Flags(
        "public async Task M(System.Net.Sockets.Socket s) { await Task.Yield(); "
        + "[|s.Poll(1000, System.Net.Sockets.SelectMode.SelectRead)|]; }");

    [Fact]
    public Task A_poll_that_only_looks_is_allowed() => Allows(
        "public async Task M(System.Net.Sockets.Socket s) { await Task.Yield(); s.Poll(0, System.Net.Sockets.SelectMode.SelectRead); }");

    [Fact]
    public Task A_reader_over_a_file_is_flagged() => Flags(
        "public async Task M() { await Task.Yield(); using var r = new StreamReader(File.OpenRead(\"a\")); [|r.ReadLine()|]; }");

    [Theory]
    [InlineData("await http.GetAsync(\"a\")")]
    [InlineData("await http.SendAsync(new HttpRequestMessage()).ConfigureAwait(false)")]
    [InlineData("await new Client().PostAsync(\"a\")")]
    public Task An_answer_that_has_come_as_a_whole_is_read_from_memory(string asked) => Allows(Answer(asked, "reader.ReadLine()"));

    [Theory]
    [InlineData("await http.GetAsync(\"a\", HttpCompletionOption.ResponseHeadersRead)")]
    [InlineData("await Elsewhere()")]
    [InlineData("await new Client().PostAsync(\"a\", HttpCompletionOption.ResponseHeadersRead)")]
    [InlineData("await new Service().PostAsync(\"a\")")]
    public Task An_answer_that_may_still_come_is_waited_for(string asked) => Flags(Answer(asked, "[|reader.ReadLine()|]"));

    private static string Answer(string asked, string read) =>
        $$"""
        using System.Net.Http;
        class C
        {
            async Task M(HttpClient http)
            {
                using var response = {{asked}};
                using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
                {{read}};
            }
            Task<HttpResponseMessage> Elsewhere() => null;
        }
        class Client : HttpClient
        {
            public Task<HttpResponseMessage> PostAsync(string address) => null;
            public Task<HttpResponseMessage> PostAsync(string address, HttpCompletionOption option) => null;
        }
        class Service { public Task<HttpResponseMessage> PostAsync(string address) => null; }
        """;

    [Fact]
    public Task A_reader_over_a_resource_of_the_assembly_is_allowed() => Allows(
        "public async Task M() { await Task.Yield(); "
        + "using var r = new StreamReader(typeof(C).Assembly.GetManifestResourceStream(\"a\")); r.ReadLine(); }");

    [Fact]
    public async Task A_file_that_makes_an_entry_is_left_to_the_possible_form()
    {
        const string Code = "static readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> Texts = new(); "
            + "public async Task<string> M() { await Task.Yield(); return {0}; }";
        await Allows(Code.Replace("{0}", "Texts.GetOrAdd(\"a\", static key => File.ReadAllText(key))"));
        await Flags(Code.Replace("{0}", "Texts.AddOrUpdate(\"a\", \"\", static (key, old) => [|File.ReadAllText(key)|])"));
    }

    [Theory]
    [InlineData("if (_gate.Wait(0)) _gate.Release();")]
    [InlineData("_ = _gate.Wait(0) ? _gate.Release() : 0;")]
    public Task A_private_gate_that_one_statement_takes_and_gives_up_is_read(string other) => Flags(
        "private readonly SemaphoreSlim _gate = new(1, 1); void Try() { " + other + " } "
        + "async Task M() { [|_gate.Wait()|]; try { await Task.Delay(1); } finally { _gate.Release(); } }");

    [Fact]
    public Task What_a_program_prints_is_not_waited_for() =>
        Allows("async Task M(byte[] b) { await Task.Yield(); var o = Console.OpenStandardOutput(); o.Write(b, 0, 1); o.Flush(); }");

    [Fact]
    public Task What_a_program_is_told_is_waited_for() =>
        Flags("async Task M(byte[] b) { await Task.Yield(); var i = Console.OpenStandardInput(); [|i.Read(b, 0, 60000)|]; }");
}
