using Quintet.Analyzers.Catalogue;
using static Quintet.Analyzers.Catalogue.RunContext;

namespace Quintet.Tests.Contexts;

/// <summary>Contexts that members have of their own: each near miss differs from its neighbour in one fact.</summary>
public sealed class MemberContextTests
{
    [Theory]
    [InlineData("async Task Run() { await Task.Yield(); }", "Run", Coroutine)]
    [InlineData("async void Run() { await Task.Yield(); }", "Run", Coroutine)]
    [InlineData("async IAsyncEnumerable<int> Run() { await Task.Yield(); yield return 1; }", "Run", Coroutine)]
    [InlineData("IEnumerable<int> Run() { yield return 1; }", "Run", Unknown)]
    [InlineData("void Run() { }", "Run", Unknown)]
    [InlineData("void Run() { async Task Inner() { await Task.Yield(); } _ = Inner(); }", "Inner", Coroutine)]
    [InlineData("void Run() { void Inner() { } Inner(); }", "Inner", Unknown)]
    [InlineData("void Run() { Task Inner() { Thread.Sleep(1); return Task.CompletedTask; } _ = Inner(); }", "Inner", Coroutine)]
    public void An_async_body_is_a_coroutine(string member, string name, object expected) =>
        Assert.Equal(expected, ContextLab.Library($"class C {{ {member} }}").Own(name));

    [Theory]
    [InlineData("Task Run() { Thread.Sleep(1); return Task.CompletedTask; }", Coroutine)]
    [InlineData("ValueTask<int> Run() { Thread.Sleep(1); return new(1); }", Coroutine)]
    [InlineData("Task<string> Run() => Task.FromResult(File.ReadAllText(\"a\"));", Coroutine)]
    [InlineData("Task Run() => Task.Delay(1);", Unknown)]
    [InlineData("Task<object> Run() => Task.FromResult(new object());", Coroutine)]
    [InlineData("Task Run() { return Task.FromResult(File.ReadAllText(\"a\")); }", Coroutine)]
    [InlineData("Task Run() => Task.Run(() => { Thread.Sleep(1); Thread.Sleep(2); });", Unknown)]
    [InlineData("Task Run() { throw new NotSupportedException(); }", Unknown)]
    [InlineData("Task Run() => throw new NotSupportedException(string.Concat(\"a\", string.Empty.Trim()));", Unknown)]
    [InlineData("int Run() { Thread.Sleep(1); return 1; }", Unknown)]
    [InlineData("Lazy<int> Run() { Thread.Sleep(1); return new(1); }", Unknown)]
    [InlineData("Task Run { get { Thread.Sleep(1); return Task.CompletedTask; } }", Coroutine)]
    public void A_body_that_works_before_it_returns_its_task_counts_as_a_coroutine(string member, object expected) =>
        Assert.Equal(expected, ContextLab.Library($"class C {{ {member} "
            + $"}}").Own(member.Contains("get", StringComparison.Ordinal) ? "get_Run" : "Run"));

    [Fact]
    public void A_method_without_a_body_runs_nowhere()
    {
        var lab = ContextLab.Library("abstract class C { public abstract Task Run(); } interface I { Task Go(); }");
        Assert.Equal(Unknown, lab.Own("C.Run"));
        Assert.Equal(Unknown, lab.Own("I.Go"));
    }

    [Theory]
    [InlineData("static void Main() { }", StartUp)]
    [InlineData("static int Main(string[] args) => 0;", StartUp)]
    [InlineData("static async Task Main() => await Task.Yield();", StartUp | Coroutine)]
    [InlineData("static Task Main() { Thread.Sleep(1); return Task.CompletedTask; }", StartUp)]
    [InlineData("static void Main(int count) { }", Unknown)]
    [InlineData("static void Main(int[] counts) { }", Unknown)]
    [InlineData("static void Main(string[] a, string[] b) { }", Unknown)]
    [InlineData("static string Main() => \"\";", Unknown)]
    [InlineData("static void Main<T>() { }", Unknown)]
    [InlineData("void Main() { }", Unknown)]
    public void Main_is_start_up(string member, object expected) =>
        Assert.Equal(expected, ContextLab.Library($"class C {{ {member} }}").Own("Main"));

    [Fact]
    public void Top_level_statements_are_start_up() =>
        Assert.Equal(StartUp | Coroutine, ContextLab.Program("await Task.Yield();").Own("<Main>$"));

    [Theory]
    [InlineData("class C : Microsoft.AspNetCore.Mvc.ControllerBase { public int Run() => 1; }", Request)]
    [InlineData("class C : Microsoft.AspNetCore.Mvc.Controller { public int Run() => 1; }", Request)]
    [InlineData("class B : Microsoft.AspNetCore.Mvc.ControllerBase { } class C : B { public async Task Run() => await Task.Yield(); "
        + "}", Request | Coroutine)]
    [InlineData("[Microsoft.AspNetCore.Mvc.ApiController] class C { public int Run() => 1; }", Request)]
    [InlineData("[Microsoft.AspNetCore.Mvc.ApiController] class B { } class C : B { public int Run() => 1; }", Request)]
    [InlineData("class C : Microsoft.AspNetCore.Mvc.ControllerBase { int Run() => 1; }", Unknown)]
    [InlineData("class C : Microsoft.AspNetCore.Mvc.ControllerBase { public static int Run() => 1; }", Unknown)]
    [InlineData("class C : Microsoft.AspNetCore.Mvc.ControllerBase { public int Run<T>() => 1; }", Unknown)]
    [InlineData("class C : Microsoft.AspNetCore.Mvc.ControllerBase { [Microsoft.AspNetCore.Mvc.NonAction] public int Run() => 1; "
        + "}", Unknown)]
    [InlineData("class C : Object { public int Run() => 1; }", Unknown)]
    [InlineData("class C : Microsoft.AspNetCore.Mvc.ControllerBase { [NonAction] public int Run() => 1; } "
        + "class NonAction : Attribute;", Unknown)]
    public void A_public_method_of_a_controller_answers_requests(string type, object expected) =>
        Assert.Equal(expected, ContextLab.Library(type).Own("C.Run"));

    [Theory]
    [InlineData("namespace Shop.Controllers { public class AboutController { public int Run() => 1; } }", Unknown)]
    [InlineData("public class AboutController { public Microsoft.AspNetCore.Mvc.IActionResult Run() => null; }", Request)]
    [InlineData("public class AboutController { [Microsoft.AspNetCore.Mvc.HttpGet] public int Run() => 1; }", Request)]
    [InlineData("[Microsoft.AspNetCore.Mvc.Route(\"a\")] public class AboutController { public int Run() => 1; }", Request)]
    [InlineData("public class AboutController { public int Run() => 1; }", Unknown)]
    [InlineData("public class About { [Microsoft.AspNetCore.Mvc.HttpGet] public int Run() => 1; }", Unknown)]
    [InlineData("class AboutController { [Microsoft.AspNetCore.Mvc.HttpGet] public int Run() => 1; }", Unknown)]
    [InlineData("public abstract class AboutController { [Microsoft.AspNetCore.Mvc.HttpGet] public int Run() => 1; }", Unknown)]
    [InlineData("public class AboutController<T> { [Microsoft.AspNetCore.Mvc.HttpGet] public int Run() => 1; }", Unknown)]
    [InlineData("public class Outer { public class AboutController { [Microsoft.AspNetCore.Mvc.HttpGet] public int Run() => 1; } }",
        Unknown)]
    [InlineData("[Microsoft.AspNetCore.Mvc.NonController] public class AboutController { [Microsoft.AspNetCore.Mvc.HttpGet] "
        + "public int Run() => 1; }", Unknown)]
    [InlineData("public class AboutController { [Microsoft.AspNetCore.Mvc.HttpGet] int Run() => 1; }", Unknown)]
    [InlineData("[Route] public class AboutController { public int Run() => 1; } public class RouteAttribute : Attribute;", Unknown)]
    public void So_does_one_of_a_class_that_is_only_called_so(string type, object expected) =>
        Assert.Equal(expected, ContextLab.Library(type).Own("Run"));

    [Theory]
    [InlineData("public override string ToString() => \"\";", "ToString")]
    [InlineData("public int Size { get { return 1; } }", "get_Size")]
    [InlineData("public void Dispose() { }", "Dispose")]
    [InlineData("public ValueTask DisposeAsync() => default;", "DisposeAsync")]
    public void Not_every_public_member_of_a_controller_is_an_action(string member, string name) =>
        Assert.Equal(Unknown, ContextLab.Library($"class C : Microsoft.AspNetCore.Mvc.ControllerBase {{ {member} }}").Own(name));

    [Theory]
    [InlineData("public Task InvokeAsync(Microsoft.AspNetCore.Http.HttpContext c) => Task.CompletedTask;", Request)]
    [InlineData("public Task InvokeAsync(Microsoft.AspNetCore.Http.HttpContext c, IServiceProvider s) => Task.CompletedTask;", Request)]
    [InlineData("public Task InvokeAsync(Microsoft.AspNetCore.Http.HttpRequest c) => Task.CompletedTask;", Unknown)]
    [InlineData("Task InvokeAsync(Microsoft.AspNetCore.Http.HttpContext c) => Task.CompletedTask;", Unknown)]
    [InlineData("public static Task InvokeAsync(Microsoft.AspNetCore.Http.HttpContext c) => Task.CompletedTask;", Unknown)]
    [InlineData("public int InvokeAsync(Microsoft.AspNetCore.Http.HttpContext c) => 1;", Unknown)]
    [InlineData("public Task InvokeAsync() => Task.CompletedTask;", Unknown)]
    public void Middleware_is_known_by_its_convention(string member, object expected) =>
        Assert.Equal(expected, ContextLab.Library($"class C {{ {member} }}").Own("InvokeAsync"));

    [Fact]
    public void Disposal_with_a_parameter_is_an_action() => Assert.Equal(
        Request,
        ContextLab.Library("class C : Microsoft.AspNetCore.Mvc.ControllerBase { public void Dispose(int id) { } }").Own("Dispose"));

    [Fact]
    public void Middleware_may_be_called_by_the_shorter_name() => Assert.Equal(
        Request,
        ContextLab.Library("class C { public Task Invoke(Microsoft.AspNetCore.Http.HttpContext c) => Task.CompletedTask; }")
            .Own("Invoke"));

    [Fact]
    public void A_method_of_the_middleware_shape_needs_the_name() =>
        Assert.Equal(Unknown, ContextLab.Library("class C { public Task Handle(Microsoft.AspNetCore.Http.HttpContext c) => "
            + "Task.CompletedTask; }").Own("Handle"));

    [Theory]
    [InlineData("class C : Microsoft.AspNetCore.Mvc.RazorPages.PageModel { public void OnGetDetails() { } }", "OnGetDetails", Request)]
    [InlineData("class C : Microsoft.AspNetCore.Mvc.RazorPages.PageModel { public void OnPost() { } }", "OnPost", Request)]
    [InlineData("class C : Microsoft.AspNetCore.Mvc.RazorPages.PageModel { public void Details() { } }", "Details", Unknown)]
    [InlineData("class C { public void OnGetDetails() { } }", "OnGetDetails", Unknown)]
    [InlineData("class C : Microsoft.AspNetCore.SignalR.Hub { public int Send() => 1; }", "Send", Turn)]
    [InlineData("class C : Microsoft.AspNetCore.SignalR.Hub { int Send() => 1; }", "Send", Unknown)]
    [InlineData("class C : Microsoft.AspNetCore.SignalR.Hub<IDisposable> { public int Send() => 1; }", "Send", Turn)]
    [InlineData("class C : Microsoft.Extensions.Hosting.BackgroundService { protected override Task ExecuteAsync(CancellationToken t) "
        + "=> Task.CompletedTask; }", "ExecuteAsync", Coroutine)]
    [InlineData("class C { protected Task ExecuteAsync(CancellationToken t) => Task.CompletedTask; }", "ExecuteAsync", Unknown)]
    [InlineData("class C : Microsoft.AspNetCore.Components.ComponentBase { protected override void OnInitialized() { } "
        + "}", "OnInitialized", EventLoop)]
    [InlineData("class C : Microsoft.AspNetCore.Components.ComponentBase { public override string ToString() => \"\"; "
        + "}", "ToString", Unknown)]
    [InlineData("class C : Microsoft.AspNetCore.Components.ComponentBase { protected new void OnInitialized() { } "
        + "}", "OnInitialized", Unknown)]
    public void The_frameworks_of_the_host_are_known(string type, string name, object expected) =>
        Assert.Equal(expected, ContextLab.Library(type).Own("C." + name));

    [Theory]
    [InlineData("public Task StartAsync(CancellationToken t) { return Task.CompletedTask; }", "StartAsync", StartUp)]
    [InlineData("Task Microsoft.Extensions.Hosting.IHostedService.StartAsync(CancellationToken t) => "
        + "Task.CompletedTask;", "StartAsync", StartUp)]
    [InlineData("public async Task StartAsync(CancellationToken t) => await Task.Yield();", "StartAsync", StartUp | Coroutine)]
    public void A_hosted_service_starts_up(string member, string name, object expected)
    {
        var code = $"class C : Microsoft.Extensions.Hosting.IHostedService {{ {member} "
            + $"public Task StopAsync(CancellationToken t) => Task.CompletedTask; }}";
        Assert.Equal(expected, ContextLab.Library(code).Own(name));
        Assert.Equal(Unknown, ContextLab.Library(code).Own("StopAsync"));
    }

    [Fact]
    public void An_override_of_a_hosted_services_start_starts_up()
    {
        var lab = ContextLab.Library(
            """
            class C : Microsoft.Extensions.Hosting.BackgroundService
            {
                public override Task StartAsync(CancellationToken t) => base.StartAsync(t);
                public override Task StopAsync(CancellationToken t) => base.StopAsync(t);
                protected override Task ExecuteAsync(CancellationToken t) => Task.CompletedTask;
            }
            """);
        Assert.Equal(StartUp, lab.Own("C.StartAsync"));
        Assert.Equal(Unknown, lab.Own("C.StopAsync"));
    }

    [Fact]
    public void A_method_named_like_a_hosted_services_start_is_not_one()
    {
        var lab = ContextLab.Library(
            """
            class C { public Task StartAsync(CancellationToken t) => Task.CompletedTask; }
            class D : Microsoft.Extensions.Hosting.IHostedService
            {
                Task Microsoft.Extensions.Hosting.IHostedService.StartAsync(CancellationToken t) => Task.CompletedTask;
                public Task StopAsync(CancellationToken t) => Task.CompletedTask;
                public Task Other() => Task.CompletedTask;
            }
            class E : Microsoft.Extensions.Hosting.IHostedService
            {
                public Task StartAsync(int n) => Task.CompletedTask;
                Task Microsoft.Extensions.Hosting.IHostedService.StartAsync(CancellationToken t) => Task.CompletedTask;
                public Task StopAsync(CancellationToken t) => Task.CompletedTask;
            }
            """);
        Assert.Equal(Unknown, lab.Own("C.StartAsync"));
        Assert.Equal(Unknown, lab.Own("E.StartAsync"));
        Assert.Equal(Unknown, lab.Own("D.Other"));
    }

    [Fact]
    public void The_two_methods_of_a_startup_class_are_start_up()
    {
        var lab = ContextLab.Library(
            """
            class Startup
            {
                public void Configure(Microsoft.AspNetCore.Builder.IApplicationBuilder app) { } public void Other() { }
                public void Wire(Microsoft.Extensions.DependencyInjection.IServiceCollection services) { } public void Count(int n) { }
            }
            class Wiring { public void Configure(Microsoft.AspNetCore.Builder.IApplicationBuilder app) { } }
            """);
        Assert.Equal(StartUp, lab.Own("Startup.Configure"));
        Assert.Equal(StartUp, lab.Own("Startup.Wire"));
        Assert.Equal(Unknown, lab.Own("Startup.Other"));
        Assert.Equal(Unknown, lab.Own("Startup.Count"));
        Assert.Equal(Unknown, lab.Own("Wiring.Configure"));
    }

    [Fact]
    public void A_grpc_service_overrides_what_is_generated_for_it()
    {
        var lab = ContextLab.Library(
            """
            [Grpc.Core.BindServiceMethod(typeof(object), "Bind")]
            abstract class GreeterBase { public virtual int Hello(Grpc.Core.ServerCallContext c) => 0; }
            abstract class PlainBase { public virtual int Hello(Grpc.Core.ServerCallContext c) => 0; }
            class Greeter : GreeterBase { public override int Hello(Grpc.Core.ServerCallContext c) => 1; }
            class Plain : PlainBase { public override int Hello(Grpc.Core.ServerCallContext c) => 1; }
            """, Frameworks.Grpc);
        Assert.Equal(Request, lab.Own("Greeter.Hello"));
        Assert.Equal(Unknown, lab.Own("Plain.Hello"));
    }

    [Fact]
    public void A_grain_takes_one_turn_at_a_time()
    {
        var lab = ContextLab.Library(
            """
            interface IShop : Orleans.IGrainWithStringKey { int Buy(); int Sell(); } interface ILog { void Write(); }
            class Shop : Orleans.Grain, IShop, ILog { int IShop.Buy() => 1; public int Sell() => 1; void ILog.Write() { } }
            class Remote : IShop, ILog { public int Buy() => 1; int IShop.Sell() => 1; public void Write() { } }
            """);
        Assert.Equal(Turn, lab.Own("Shop.Buy"));
        Assert.Equal(Turn, lab.Own("Shop.Sell"));
        Assert.Equal(Unknown, lab.Own("Shop.Write"));
        Assert.Equal(Turn, lab.Own("Remote.Buy"));
        Assert.Equal(Turn, lab.Own("Remote.Sell"));
        Assert.Equal(Unknown, lab.Own("Remote.Write"));
    }
}
