using Quintet.Analyzers.Catalogue;
using static Quintet.Analyzers.Catalogue.RunContext;

namespace Quintet.Tests.Contexts;

/// <summary>Where a delegate runs is said by who receives it. The delegate stands between the marks.</summary>
public sealed class DelegateContextTests
{
    [Theory]
    [InlineData("Task.Run([|() => { }|]);", Pool)]
    [InlineData("Task.Run([|async () => await Task.Yield()|]);", Pool | Coroutine)]
    [InlineData("Task.Run([|Go|]);", Pool)]
    [InlineData("Task.Run([|this.Go|]);", Pool)]
    [InlineData("Task.Run([|GoAsync|]);", Pool | Coroutine)]
    [InlineData("void Local() { } Task.Run([|Local|]);", Pool)]
    [InlineData("ThreadPool.QueueUserWorkItem([|_ => { }|]);", Pool)]
    [InlineData("new Timer([|_ => { }|]);", Pool)]
    [InlineData("Task.CompletedTask.ContinueWith([|t => { }|]);", Pool)]
    [InlineData("new Thread([|() => { }|]).Start();", Dedicated)]
    [InlineData("new Thread(new ThreadStart([|Go|])).Start();", Dedicated)]
    [InlineData("Parallel.For(0, 9, [|i => { }|]);", RunContext.Parallel)]
    [InlineData("Parallel.Invoke([|() => { }|], [|() => { }|]);", RunContext.Parallel)]
    [InlineData("Parallel.Invoke(new Action[] { [|() => { }|] });", RunContext.Parallel)]
    [InlineData("items.AsParallel().Select([|i => i|]).ToList();", RunContext.Parallel)]
    [InlineData("items.Select([|i => i|]).ToList();", Caller)]
    [InlineData("new List<int>().ForEach([|i => { }|]);", Caller)]
    [InlineData("new List<int>().ForEach([|async i => await Task.Yield()|]);", Caller | Coroutine)]
    [InlineData("new ConcurrentDictionary<int, int>().GetOrAdd(1, [|k => k|]);", Caller)]
    [InlineData("items.AsQueryable().Select([|i => i|]).ToList();", Unknown)]
    [InlineData("Expression<Func<int>> tree = [|() => 1|];", Unknown)]
    [InlineData("new Lazy<int>([|() => 1|]);", Later)]
    [InlineData("Take([|() => { }|]);", Unknown)]
    [InlineData("Take([|async () => await Task.Yield()|]);", Coroutine)]
    public void The_receiver_says_where(string statement, object expected) => Assert.Equal(expected, InMethod(statement));

    [Theory]
    [InlineData("Task.Factory.StartNew([|() => { }|]);", Pool)]
    [InlineData("Task.Factory.StartNew([|() => { }|], TaskCreationOptions.LongRunning);", Dedicated)]
    [InlineData("Task.Factory.StartNew([|() => { }|], TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach);", Dedicated)]
    [InlineData("Task.Factory.StartNew([|() => { }|], TaskCreationOptions.DenyChildAttach);", Pool)]
    [InlineData("Task.Factory.StartNew([|() => { }|], default, TaskCreationOptions.LongRunning, TaskScheduler.Default);", Dedicated)]
    [InlineData("Task.Factory.StartNew([|() => { }|], default, TaskCreationOptions.None, TaskScheduler.Default);", Pool)]
    [InlineData("new Task([|() => { }|], TaskCreationOptions.LongRunning).Start();", Dedicated)]
    [InlineData("Task.CompletedTask.ContinueWith([|t => { }|], TaskContinuationOptions.LongRunning);", Dedicated)]
    [InlineData("Task.CompletedTask.ContinueWith([|t => { }|], TaskContinuationOptions.OnlyOnFaulted);", Pool)]
    [InlineData("Task.CompletedTask.ContinueWith([|t => { }|], TaskScheduler.FromCurrentSynchronizationContext());", EventLoop)]
    [InlineData("Task.CompletedTask.ContinueWith([|t => { }|], TaskScheduler.Current);", Pool)]
    [InlineData("_ = Task.CompletedTask.ContinueWith(a => { Task.Delay(1).ContinueWith([|b => { }|]); }, "
        + "TaskScheduler.FromCurrentSynchronizationContext());", EventLoop)]
    [InlineData("_ = Task.CompletedTask.ContinueWith(a => { Task.Delay(1).ContinueWith([|b => { }|]); });", Pool)]
    [InlineData("Task.CompletedTask.ContinueWith([|t => { }|], scheduler);", Later)]
    [InlineData("Task.CompletedTask.ContinueWith([|t => { }|], TaskScheduler.Default);", Pool)]
    [InlineData("Task.CompletedTask.ContinueWith([|t => { }|], Own.Default);", Later)]
    [InlineData("Task.CompletedTask.ContinueWith([|t => { }|], Own.Other());", Later)]
    [InlineData("Task.Factory.StartNew([|() => { }|], chosen);", Pool)]
    [InlineData("_ = Task.CompletedTask.ContinueWith(a => { Task.Run([|() => { }|]); }, "
        + "TaskScheduler.FromCurrentSynchronizationContext());", Pool)]
    [InlineData("_ = Task.CompletedTask.ContinueWith(a => { Task.Factory.StartNew([|() => { }|]); }, "
        + "TaskScheduler.FromCurrentSynchronizationContext());", EventLoop)]
    public void The_options_of_a_task_say_where(string statement, object expected) => Assert.Equal(expected, InMethod(statement));

    [Theory]
    [InlineData("foreach (var i in items) Task.Run([|() => { }|]);", true)]
    [InlineData("foreach (var i in items) { _ = Task.Run([|() => { }|]); }", true)]
    [InlineData("for (var i = 0; i < 9; i++) new Thread([|() => { }|]).Start();", true)]
    [InlineData("while (true) ThreadPool.QueueUserWorkItem([|_ => { }|]);", true)]
    [InlineData("foreach (var i in items) Task.Factory.StartNew([|() => { }|]);", true)]
    [InlineData("foreach (var i in items) await Task.Run([|() => { }|]);", false)]
    [InlineData("foreach (var i in items) await Task.Run([|() => { }|]).ConfigureAwait(false);", false)]
    [InlineData("foreach (var i in items) Task.Run([|() => { }|]).Wait();", false)]
    [InlineData("foreach (var i in items) Task.Run([|() => 1|]).Result.ToString();", false)]
    [InlineData("foreach (var i in items) { var t = Task.Run([|() => { }|]); await t; }", false)]
    [InlineData("foreach (var i in items) { var t = Task.Run([|() => { }|]); Keep(t); }", true)]
    [InlineData("foreach (var i in await Task.Run([|() => items|])) { }", false)]
    [InlineData("var t = Task.Run([|() => items|]); foreach (var i in await t) { }", false)]
    [InlineData("foreach (var i in Task.Run([|() => new Task<int>[1]|]).GetAwaiter().GetResult()) { }", false)]
    [InlineData("for (var t = Task.Run([|() => { }|]); ; ) { }", false)]
    [InlineData("foreach (var i in items) { void Local() { Task.Run([|() => { }|]); } }", false)]
    [InlineData("foreach (var i in items) new Timer([|_ => { }|]);", false)]
    [InlineData("Task.Run([|() => { }|]);", false)]
    [InlineData("foreach (var i in items) ThreadPool.UnsafeQueueUserWorkItem([|_ => { }|], null);", true)]
    [InlineData("foreach (var i in items) new Task([|() => { }|]).Start();", true)]
    [InlineData("foreach (var i in items) _ = Task.CompletedTask.ContinueWith([|t => { }|]);", false)]
    [InlineData("foreach (var i in items) Task.Run([|() => { }|]).GetAwaiter().GetResult();", false)]
    [InlineData("foreach (var i in items) await Task.Run([|() => { }|]).WaitAsync(default(CancellationToken));", false)]
    [InlineData("foreach (var i in items) await (Task.Run([|() => { }|]));", false)]
    [InlineData("foreach (var i in items) await (Task)Task.Run([|() => 1|]);", false)]
    [InlineData("foreach (var i in items) await Task.Factory.StartNew([|() => Task.CompletedTask|]).Unwrap();", false)]
    [InlineData("foreach (var i in items) await TaskExtensions.Unwrap(Task.Factory.StartNew([|() => Task.CompletedTask|]));", false)]
    [InlineData("foreach (var i in items) Keep(Task.Run([|() => { }|]));", true)]
    [InlineData("foreach (var i in items) Task.Run([|() => { }|]).Id.ToString();", true)]
    [InlineData("foreach (var i in items) Task.Run([|() => { }|]).Equals(null);", true)]
    [InlineData("foreach (var i in items) new List<Task>().Remove(Task.Run([|() => { }|]));", true)]
    [InlineData("Task.WaitAll(items.Select(i => Task.Run([|() => { }|])).ToArray());", true)]
    [InlineData("var tasks = items.Select(i => Task.Run([|() => { }|])).ToArray();", true)]
    [InlineData("var tasks = items.SelectMany(i => new[] { Task.Run([|() => { }|]) }).ToArray();", true)]
    [InlineData("await Task.WhenAny(items.Select(i => Task.Run([|() => { }|])));", true)]
    [InlineData("Task.WaitAny([.. items.Select(i => Task.Run([|() => { }|]))]);", true)]
    [InlineData("await foreach (var t in Task.WhenEach(items.Select(i => Task.Run([|() => { }|])))) { }", true)]
    [InlineData("await Task.WhenAll((items.Select(i => Task.Run([|() => { }|]))));", true)]
    [InlineData("string.Join(\",\", items.Select(i => Task.Run([|() => { }|])));", false)]
    [InlineData("new List<IEnumerable<Task>> { items.Select(i => Task.Run([|() => { }|])) }.ToList();", false)]
    [InlineData("await Task.WhenAll(items.Select(i => Task.Run([|() => { }|])));", true)]
    [InlineData("await Task.WhenAll(items.Select(async i => { await Task.Run([|() => { }|]); }));", true)]
    [InlineData("await Task.WhenAll(items.Where(i => i > 0).Select(i => Task.Run([|() => { }|])).Take(3));", true)]
    [InlineData("var tasks = items.Select(i => Task.Run([|() => { }|])).ToList();", true)]
    [InlineData("var tasks = items.Select(i => Task.Run([|() => { }|])); await Task.WhenAll(tasks);", true)]
    [InlineData("await Task.WhenAll([.. items.Select(i => Task.Run([|() => { }|]))]);", true)]
    [InlineData("var tasks = items.Select(i => Task.Run([|() => { }|])); foreach (var t in tasks) await t;", false)]
    [InlineData("foreach (var t in items.Select(i => Task.Run([|() => { }|]))) await t;", false)]
    [InlineData("await Task.WhenAll(new[] { 1 }.GroupBy(i => Task.Run([|() => { }|])).Select(g => g.Key));", false)]
    [InlineData("new List<int>().ForEach(i => Task.Run([|() => { }|]));", true)]
    [InlineData("new List<int>().ForEach(i => Task.Run([|() => { }|]).Wait());", false)]
    public void Several_starts_in_a_loop_are_parallel(string statement, bool parallel)
    {
        var contexts = InMethod(statement);
        Assert.Equal(parallel, (contexts & RunContext.Parallel) != 0);
        Assert.NotEqual(Unknown, contexts & (Pool | Dedicated));
    }

    [Theory]
    [InlineData("Action a = [|() => { }|]; a();", Caller)]
    [InlineData("Action a = [|() => { }|]; a.Invoke();", Caller)]
    [InlineData("Action a = [|() => { }|]; a(); a();", Caller)]
    [InlineData("Action a; a = [|() => { }|]; a();", Caller)]
    [InlineData("Action a = [|Go|]; a();", Caller)]
    [InlineData("Action a = Go; a += [|() => { }|]; a();", Caller)]
    [InlineData("Action? a = null; a ??= [|() => { }|]; a();", Caller)]
    [InlineData("Action a = [|() => { }|]; Task.Run(a);", Pool)]
    [InlineData("Action a = [|() => { }|]; a(); Task.Run(a);", Caller | Pool)]
    [InlineData("Action a = [|() => { }|]; var b = a; b();", Caller)]
    [InlineData("Action a = [|() => { }|]; a(); Take(a);", Unknown)]
    [InlineData("Action a = [|() => { }|]; a(); _field = a;", Unknown)]
    [InlineData("Action a = [|() => { }|]; Task.Run(() => a());", Pool)]
    [InlineData("Action a = [|() => { }|]; items.ToList().ForEach(i => a());", Caller)]
    [InlineData("Action a = [|() => { }|]; void Local() { a(); } Task.Run(Local);", Unknown)]
    [InlineData("Task.Run(() => { Action a = [|() => { }|]; a(); });", Caller)]
    [InlineData("Action? a = null; a = [|() => { a!(); }|]; a();", Caller)]
    [InlineData("Action? a = null, b = null; a = [|() => { b!(); }|]; b = () => a(); Task.Run(a);", Pool | Caller)]
    [InlineData("Action a = [|() => { }|];", Unknown)]
    [InlineData("((Action)([|() => { }|]))();", Caller)]
    [InlineData("Action a = items.Length > 1 ? [|() => { }|] : Go; a();", Caller)]
    [InlineData("Action a = items.Length switch { 1 => [|() => { }|], _ => Go }; a();", Caller)]
    [InlineData("Task.Run(_field ?? ([|() => { }|]));", Pool)]
    [InlineData("_field = [|() => { }|];", Unknown)]
    [InlineData("new System.Net.Http.HttpClientHandler().ServerCertificateCustomValidationCallback = [|(a, b, c, d) => true|];", Later)]
    public void A_local_that_holds_a_delegate_is_followed(string statement, object expected) => Assert.Equal(expected, InMethod(statement));

    [Theory]
    [InlineData("button.Click += [|(s, e) => { }|];", EventLoop)]
    [InlineData("button.Click += new EventHandler([|(s, e) => { }|]);", EventLoop)]
    [InlineData("button.Click += [|Changed|];", EventLoop)]
    [InlineData("button.Click += [|async (s, e) => await Task.Yield()|];", EventLoop | Coroutine)]
    [InlineData("button.Odd += [|s => { }|];", Later)]
    [InlineData("button.Disposed += [|(s, e) => { }|];", EventLoop)]
    [InlineData("new Component().Disposed += [|(s, e) => { }|];", Later)]
    [InlineData("model.PropertyChanged += [|(s, e) => { }|];", Later)]
    [InlineData("new BackgroundWorker().DoWork += [|(s, e) => { }|];", Pool)]
    [InlineData("new BackgroundWorker().RunWorkerCompleted += [|(s, e) => { }|];", Later)]
    [InlineData("new System.Timers.Timer().Elapsed += [|(s, e) => { }|];", Pool)]
    [InlineData("button.Invoke([|() => { }|]);", EventLoop)]
    [InlineData("button.BeginInvoke([|() => { }|]);", EventLoop)]
    public void Subscriptions_run_on_the_loop_of_who_raises_the_event(string statement, object expected) =>
        Assert.Equal(
            expected,
            ContextLab.Library(
                "class OddButton : System.Windows.Forms.Button { public new event Action<object>? Odd; "
                    + "public void R() => Odd?.Invoke(this); }"
                + "class C { void Changed(object? s, EventArgs e) { } "
                    + "void Run(OddButton button, INotifyPropertyChanged model) { " + statement + " } }",
                Frameworks.WinForms).Marked());

    [Fact]
    public void Taking_a_handler_off_again_says_nothing() =>
        Assert.Equal(
            Unknown,
            ContextLab.Library("class C { void Changed(object? s, EventArgs e) { } "
                + "void Run(System.Windows.Forms.Button b) { b.Click -= [|Changed|]; } }", Frameworks.WinForms).Marked());

    [Theory]
    [InlineData("app.MapGet(\"/\", [|() => 1|]);", Request)]
    [InlineData("app.MapGet(\"/\", [|async () => await Task.FromResult(1)|]);", Request | Coroutine)]
    [InlineData("app.MapPost(\"/\", [|Answer|]);", Request)]
    [InlineData("app.Use([|(context, next) => next(context)|]);", Request)]
    [InlineData("app.Run([|context => Task.CompletedTask|]);", Request)]
    [InlineData("app.UseWhen([|context => true|], branch => { });", Request)]
    [InlineData("app.UseWhen(context => true, [|branch => { }|]);", StartUp)]
    public void Endpoints_and_middleware_answer_requests(string statement, object expected) =>
        Assert.Equal(
            expected,
            ContextLab.Library(
                "using Microsoft.AspNetCore.Builder; using Microsoft.AspNetCore.Http;\n"
                + "class C { static int Answer() => 1; void Run(WebApplication app) { " + statement + " } }").Marked());

    [Theory]
    [InlineData("new Command([|() => { }|]);", EventLoop)]
    [InlineData("Command.Create([|() => { }|]);", EventLoop)]
    [InlineData("Command.CreateRunInBackground([|() => { }|]);", Unknown)]
    [InlineData("Command.Wrap([|() => { }|]);", Unknown)]
    [InlineData("new Job([|() => { }|]);", Unknown)]
    [InlineData("Job.Create([|() => { }|]);", Unknown)]
    public void A_commands_delegates_run_on_the_loop(string statement, object expected) =>
        Assert.Equal(
            expected,
            ContextLab.Library(
                """
                class Command(Action run) : System.Windows.Input.ICommand
                {
                    public event EventHandler? CanExecuteChanged; public bool CanExecute(object? p) => CanExecuteChanged is null;
                    public void Execute(object? p) => run();
                    public static Command Create(Action a) => new(a); public static Command CreateRunInBackground(Action a) => new(a);
                    public static Command Wrap(Action a) => new(a);
                }
                class Job(Action run) { public void Execute() => run(); public static Job Create(Action a) => new(a); }

                """ + "class C { void Run() { " + statement + " } }").Marked());

    [Theory]
    [InlineData("Post([|() => { }|]);", EventLoop)]
    [InlineData("Send([|() => { }|]);", Unknown)]
    [InlineData("Send([|[RunsOn(\"Pool\")] () => { }|]);", Pool)]
    [InlineData("Task.Run([|[RunsOn(\"Dedicated\")] () => { }|]);", Dedicated)]
    [InlineData("Send([|Marked|]);", EventLoop)]
    public void The_author_says_where_a_delegate_runs(string statement, object expected) =>
        Assert.Equal(
            expected,
            ContextLab.Library(
                """
                [AttributeUsage(AttributeTargets.All)] class RunsOnAttribute(string model) : Attribute { public string Model => model; }
                class C
                {
                    void Post([RunsOn("EventLoop")] Action a) { } void Send(Action a) { } [RunsOn("EventLoop")] void Marked() { }

                """ + "void Run() { " + statement + " } }").Marked());

    [Fact]
    public void A_deep_nest_of_locals_is_followed_once_each()
    {
        var chain = string.Concat(Enumerable.Range(1, 60).Select(static i => $"Action a{i} = () => {{ a{i - 1}(); a{i - 1}(); }};"));
        Assert.Equal(Pool, InMethod("Action a0 = [|() => { }|];" + chain + "Task.Run(a60);"));
    }

    [Theory]
    [InlineData("void Give(Action act) => Task.Run(act);", Pool)]
    [InlineData("void Give(Action act) => Task.Run(() => { try { act(); } finally { Go(); } });", Pool)]
    [InlineData("void Give(Action act) { if (act == null) return; Task.Run(() => act()); ThreadPool.QueueUserWorkItem(n => act()); }",
        Pool)]
    [InlineData("void Give(Action act) { var worker = new BackgroundWorker(); worker.DoWork += (s, e) => act(); }", Pool)]
    [InlineData("void Give(Action act) { new Thread(() => act()).Start(); }", Dedicated)]
    [InlineData("void Give(Action act) => Give(act, 1); void Give(Action act, int times) => Task.Run(act);", Pool)]
    [InlineData("void Give(Action act) => Other(act, 1); void Other(Action act, int times) => Task.Run(act);", Unknown)]
    [InlineData("void Give(Action act) { Task.Run(() => act()); act(); }", Unknown)]
    [InlineData("void Give(Action act) { Task.Run(act); _field = act; }", Unknown)]
    [InlineData("void Give(Action act) { var worker = new BackgroundWorker(); worker.DoWork += (s, e) => Go(); act(); }", Unknown)]
    [InlineData("void Give(Action act) { new Odd(() => act()).Start(); }", Unknown)]
    [InlineData("void Give(Action act) { void Local() => act(); Task.Run(Local); }", Unknown)]
    [InlineData("protected virtual void Give(Action act) => Task.Run(act);", Unknown)]
    public void A_member_that_gives_it_on_says_where(string members, object expected)
    {
        Assert.Equal(expected, Given(members, "() => { }"));
        if (expected is not Unknown) Assert.Equal((RunContext)expected, Given(members, "Go"));
    }

    [Theory]
    [InlineData("async Task Give(Func<Task> act) => await Task.Run(async () => { await act(); });", Pool | Coroutine)]
    [InlineData("Task Give(Func<Task> act) => Task.Run(act);", Pool | Coroutine)]
    [InlineData("async Task Give(Func<Task> act) => await act();", Coroutine)]
    public void A_coroutine_that_is_given_on_is_one_there(string members, object expected) =>
        Assert.Equal(expected, Given(members, "async () => await Task.Yield()"));

    private static RunContext Given(string members, string function) => ContextLab.Library(
        "class C { Action _field; void Go() { } void Run() { Give([|" + function + "|]); } " + members
        + " } class Odd { public Odd(Action a) => a(); public void Start() { } }").Marked();

    private static RunContext InMethod(string statement) => ContextLab.Library(
        "class C { Action? _field; void Go() { } async Task GoAsync() => await Task.Yield(); void Take(Action a) => _field = a; "
            + "void Take(Func<Task> a) { } void Keep(Task t) { }"
        + "async Task Run(int[] items, TaskScheduler scheduler, TaskCreationOptions chosen) { await Task.Yield(); " + statement + " } } "
        + "static class Own { public static TaskScheduler Default => Other(); public static TaskScheduler Other() => null!; }").Marked();
}
