using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Contexts;

namespace Quintet.Tests.Contexts;

/// <summary>Where programs and windows begin and end, and who works alone, by name: each near miss differs in one fact.</summary>
public sealed class ProgramEdgeTests
{
    private const string Toolkit =
        """
        using System; using System.Threading; using System.Threading.Tasks;
        interface IHostedService { Task StopAsync(CancellationToken t); }
        class Application : Bootstrap
        {
            protected virtual void OnExit() { } protected virtual void Initialize() { } protected virtual void OnOther() { }
        }
        class Bootstrap
        {
            protected virtual void OnStartup() { }
            protected virtual void OnFrameworkInitializationCompleted() { }
        }
        class Form
        {
            protected virtual void OnClosing() { } protected virtual void OnLoad() { } protected virtual void OnShown() { }
            protected virtual void OnOpened() { } protected virtual void OnInitialized() { }
            protected virtual void OnSourceInitialized() { }
        }
        class Window; class Panel { protected virtual void OnLoad() { } }
        class StartupEventArgs; class ExitEventArgs; class ClosedEventArgs; class SomeEventArgs; class Args;

        """;

    private const string Service = "abstract class W : IHostedService { public abstract Task StopAsync(CancellationToken t); ";

    [Theory]
    [InlineData("class W : Form { protected override void OnClosing() { } }", true)]
    [InlineData("class W : Form { protected new void OnClosing() { } }", false)]
    [InlineData("class W : Form { protected override void OnLoad() { } }", false)]
    [InlineData("class W { void Window_Closed(object s, SomeEventArgs e) { } }", true)]
    [InlineData("class W { void Window_Closed(object s, Args e) { } }", false)]
    [InlineData("class W { void Window_Opened(object s, SomeEventArgs e) { } }", false)]
    [InlineData("class W { void Window_Closed(SomeEventArgs e) { } }", false)]
    [InlineData("class W : IHostedService { public Task StopAsync(CancellationToken t) => null; }", true)]
    [InlineData("class W { public Task StopAsync(CancellationToken t) => null; }", false)]
    [InlineData("class W : IDisposable { public void Dispose() { } public Task StopAsync(CancellationToken t) => null; }", false)]
    [InlineData(Service + "public Task HaltAsync(CancellationToken t) => null; }", false)]
    [InlineData(Service + "public Task StopAsync(int n) => null; }", false)]
    [InlineData(Service + "public Task StopAsync() => null; }", false)]
    public void A_window_or_a_service_ends(string type, bool expected) => Assert.Equal(expected, ProgramEdges.Ends(LastOf(type)));

    [Theory]
    [InlineData("w.Closed += [|(s, e) => { }|];", true)]
    [InlineData("Closed += [|(s, e) => { }|];", true)]
    [InlineData("w.Closed -= [|(s, e) => { }|];", false)]
    [InlineData("w.Opened += [|(s, e) => { }|];", false)]
    [InlineData("all[0] += [|(s, e) => { }|];", false)]
    public void A_function_is_subscribed_to_an_end(string statement, bool expected) =>
        Assert.Equal(expected, ProgramEdges.Ends(Marked<LambdaExpressionSyntax>(statement)));

    [Theory]
    [InlineData("class W : Bootstrap { protected override void OnStartup() { } }", true)]
    [InlineData("class W : Bootstrap { protected override void OnFrameworkInitializationCompleted() { } }", true)]
    [InlineData("class W : Bootstrap { protected new void OnStartup() { } }", false)]
    [InlineData("class W { void Begin(object s, StartupEventArgs e) { } }", true)]
    [InlineData("class W { void Begin(StartupEventArgs e) { } }", false)]
    [InlineData("class W : Form { protected override void OnLoad() { } }", false)]
    public void A_program_opens(string type, bool expected) => Assert.Equal(expected, ProgramEdges.Opens(LastOf(type)));

    [Theory]
    [InlineData("class MainForm : Form { public MainForm() { } }", true)]
    [InlineData("class ShellWindow : Window { public ShellWindow() { } }", true)]
    [InlineData("class OrderForm : Form { public OrderForm() { } }", false)]
    [InlineData("class MainPanel : Panel { public MainPanel() { } }", false)]
    [InlineData("class MainForm : Form { void Begin() { } }", false)]
    [InlineData("class MainForm : Form { protected override void OnLoad() { } }", true)]
    [InlineData("class MainForm : Form { protected new void OnLoad() { } }", false)]
    [InlineData("class MainForm : Form { protected override void OnShown() { } }", true)]
    [InlineData("class MainForm : Form { protected override void OnOpened() { } }", true)]
    [InlineData("class MainForm : Form { protected override void OnInitialized() { } }", true)]
    [InlineData("class MainForm : Form { protected override void OnSourceInitialized() { } }", true)]
    [InlineData("class MainForm : Form { protected override void OnClosing() { } }", false)]
    [InlineData("class MainForm : Form { void MainForm_Load(object s, SomeEventArgs e) { } }", true)]
    [InlineData("class MainForm : Form { void MainForm_Load(object s, Args e) { } }", false)]
    [InlineData("class MainForm : Form { void MainForm_Load(SomeEventArgs e) { } }", false)]
    [InlineData("class MainForm : Form { void MainForm_Click(object s, SomeEventArgs e) { } }", false)]
    public void A_main_window_opens(string type, bool expected) => Assert.Equal(expected, ProgramEdges.OpensMainWindow(LastOf(type)));

    [Theory]
    [InlineData("class App : Application { protected override void OnStartup() { } }", true)]
    [InlineData("class App : Application { protected override void OnFrameworkInitializationCompleted() { } }", true)]
    [InlineData("class App : Application { protected override void OnExit() { } }", true)]
    [InlineData("class App : Application { protected override void Initialize() { } }", true)]
    [InlineData("class App : Application { protected override void OnOther() { } }", false)]
    [InlineData("class App : Application { protected new void OnStartup() { } }", false)]
    [InlineData("class Shop : Application { public Shop() { } }", true)]
    [InlineData("class App { public App() { } }", true)]
    [InlineData("class Shop { public Shop() { } }", false)]
    [InlineData("class App : Panel { public App() { } }", false)]
    [InlineData("class W { void Begin(object s, StartupEventArgs e) { } }", true)]
    [InlineData("class W { void Begin(object s, ExitEventArgs e) { } }", true)]
    [InlineData("class W { void Begin(object s, SomeEventArgs e) { } }", false)]
    [InlineData("class W { void Begin(object s, StartupEventArgs e, int n) { } }", false)]
    public void An_application_starts(string type, bool expected) => Assert.Equal(expected, ProgramEdges.StartsApplication(LastOf(type)));

    [Theory]
    [InlineData("host.Run();", true)]
    [InlineData("host.RunAsync();", true)]
    [InlineData("webHost.StartAsync();", true)]
    [InlineData("host.Build();", false)]
    [InlineData("job.Run();", false)]
    [InlineData("Run();", false)]
    public void A_member_starts_the_host(string statement, bool expected) =>
        Assert.Equal(expected, ProgramEdges.StartsHost(SyntaxFactory.ParseStatement("{ " + statement + " }")));

    [Theory]
    [InlineData("App.Exit();", true)]
    [InlineData("Application.Exit();", true)]
    [InlineData("Environment.Exit(1);", true)]
    [InlineData("Application.Quit();", true)]
    [InlineData("menu.Exit();", false)]
    [InlineData("App.Restart();", true)]
    [InlineData("Application.Restart();", true)]
    [InlineData("timer.Restart();", false)]
    [InlineData("Application.Shutdown();", true)]
    [InlineData("Application.Current.Shutdown();", true)]
    [InlineData("desktop.TryShutdown();", true)]
    [InlineData("lifetime.Shutdown();", true)]
    [InlineData("NativeApp.Shutdown(0);", true)]
    [InlineData("this.Application.Shutdown();", true)]
    [InlineData("socket.Shutdown(both);", false)]
    [InlineData("server.Shutdown();", false)]
    [InlineData("host.StopApplication();", true)]
    [InlineData("window?.RestartApplication();", true)]
    [InlineData("RestartApp();", true)]
    [InlineData("Refresh();", false)]
    public void A_statement_ends_the_program(string statement, bool expected)
    {
        Assert.Equal(expected, ProgramEdges.EndsProgramBehind(Marked<InvocationExpressionSyntax>("[|Stop()|]; " + statement)));
        Assert.Equal(expected, ProgramEdges.EndsProgramBehind(Marked<InvocationExpressionSyntax>("if (b) { [|Stop()|]; } " + statement)));
        Assert.Equal(expected, ProgramEdges.EndsProgramBehind(
            Marked<InvocationExpressionSyntax>("if (b) { [|Stop()|]; " + statement + " }")));
        Assert.False(ProgramEdges.EndsProgramBehind(Marked<InvocationExpressionSyntax>(statement + " [|Stop()|];")));
        Assert.False(ProgramEdges.EndsProgramBehind(
            Marked<InvocationExpressionSyntax>("later = () => { [|Stop()|]; Wait(); }; " + statement)));
        Assert.Equal(expected, ProgramEdges.EndsProgramBehind(
            Marked<InvocationExpressionSyntax>("later = () => { [|Stop()|]; " + statement + " };")));
        Assert.False(ProgramEdges.EndsProgramBehind(
            Marked<InvocationExpressionSyntax>("void Later() { [|Stop()|]; Wait(); } Wait(); if (b) { } Later();")));
    }

    [Theory]
    [InlineData("class C { void Migrate() { } }", true)]
    [InlineData("class C { void SeedDatabaseAsync() { } }", true)]
    [InlineData("class C { void SeedDbData() { } }", true)]
    [InlineData("class C { void MigrateSchema() { } }", true)]
    [InlineData("class C { void SeedUsers() { } }", false)]
    [InlineData("class C { void PlantDatabase() { } }", false)]
    [InlineData("class Installer { void M() { } }", true)]
    [InlineData("class InstallWizard { class Page { void M() { } } }", true)]
    [InlineData("class InstallationPage { void M() { } }", true)]
    [InlineData("class UninstallerPage { void M() { } }", true)]
    [InlineData("class MigrateUsers { void M() { } }", false)]
    [InlineData("class SeedUsers { void M() { } }", false)]
    [InlineData("class UserSeed { void M() { } }", true)]
    [InlineData("class ShopBootstrapper { void M() { } }", true)]
    [InlineData("class DbInitializer { void M() { } }", true)]
    [InlineData("class DatabaseInitializer { void M() { } }", true)]
    [InlineData("class ViewInitializer { void M() { } }", false)]
    [InlineData("class DatabaseReader { void M() { } }", false)]
    [InlineData("class UserMigration { void M() { } }", true)]
    [InlineData("class UserMigrations { void M() { } }", true)]
    [InlineData("class MigrationsTable { void M() { } }", false)]
    [InlineData("class MigratorOfUsers { void M() { } }", true)]
    [InlineData("class SeederOfUsers { void M() { } }", true)]
    [InlineData("class Updater { void M() { } }", true)]
    [InlineData("class Upgrader { void M() { } }", true)]
    [InlineData("class AutoUpdater { void M() { } }", true)]
    [InlineData("class AutomaticUpdater { void M() { } }", true)]
    [InlineData("class SelfUpdater { void M() { } }", true)]
    [InlineData("class AppUpgrader { void M() { } }", true)]
    [InlineData("class ApplicationUpdater { void M() { } }", true)]
    [InlineData("class PriceUpdater { void M() { } }", false)]
    [InlineData("class _ { void M() { } }", false)]
    [InlineData("namespace Shop.Migrations.One { class C { void M() { } } }", true)]
    [InlineData("namespace Shop.Installation { class C { void M() { } } }", true)]
    [InlineData("namespace Shop.Orders { class C { void M() { } } }", false)]
    [InlineData("[Verb] class C { void M() { } } class Verb : Attribute { }", true)]
    [InlineData("[Verb] class C { void M() { } } class VerbAttribute : Attribute { }", true)]
    [InlineData("class C { void M(Given given) { } } [Verb] class Given { } class VerbAttribute : Attribute { }", true)]
    [InlineData("class C { void M(Given given) { } } [Other] class Given { } class OtherAttribute : Attribute { }", false)]
    [InlineData("[Noun] class C { void M() { } } class NounAttribute : Attribute { }", false)]
    [InlineData("[CliFx.Command] class C { void M() { } } namespace CliFx { class CommandAttribute : Attribute { } }", true)]
    [InlineData("[CliFx.Query] class C { void M() { } } namespace CliFx { class QueryAttribute : Attribute { } }", false)]
    [InlineData("[Cocona.Command] class C { void M() { } } namespace Cocona { class CommandAttribute : Attribute { } }", true)]
    [InlineData("[Game.Command] class C { void M() { } } namespace Game { class CommandAttribute : Attribute { } }", false)]
    [InlineData("class C : System.CommandLine.Command { void M() { } } namespace System.CommandLine { class Command { } }", true)]
    [InlineData("class C : X.CommandLineUtils.Command { void M() { } } namespace X.CommandLineUtils { class Command { } }", true)]
    [InlineData("class C : Spectre.Cli.AsyncCommand { void M() { } } namespace Spectre.Cli { class AsyncCommand { } }", true)]
    [InlineData("class C : Spectre.Cli.Other { void M() { } } namespace Spectre.Cli { class Other { } }", false)]
    [InlineData("class C : Shop.Command { void M() { } } namespace Shop { class Command { } }", false)]
    public void Somebody_works_alone(string code, bool expected) => Assert.Equal(expected, LoneWork.IsDoneBy(FirstOf(code)));

    [Theory]
    [InlineData("class DebugWindow { void M() { } }", true)]
    [InlineData("class DebugForm { class Row { void M() { } } }", true)]
    [InlineData("class DebugPage { void M() { } }", true)]
    [InlineData("class DebugDialog { void M() { } }", true)]
    [InlineData("class DebugMenu { void M() { } }", true)]
    [InlineData("class DebugServer { void M() { } }", false)]
    [InlineData("class OrderWindow { void M() { } }", false)]
    [InlineData("class C { void DebugMenu() { } }", true)]
    [InlineData("class C { void OpenDebugMenu() { } }", true)]
    [InlineData("class C { void OpenTheDebugMenu() { } }", false)]
    [InlineData("class C { void Debug() { } }", false)]
    public void Something_is_for_developers(string code, bool expected) =>
        Assert.Equal(expected, LoneWork.IsForDevelopers(FirstOf(code)));

    private static IMethodSymbol FirstOf(string code) => MethodOf(code, static all => all.First());

    /// <summary>The last method of the last type.</summary>
    private static IMethodSymbol LastOf(string type) => MethodOf(Toolkit + type, static all => all.Last());

    private static IMethodSymbol MethodOf(string code, Func<IEnumerable<BaseMethodDeclarationSyntax>, BaseMethodDeclarationSyntax> one)
    {
        var usings = code.StartsWith("using ", StringComparison.Ordinal) ? "" : "using System; ";
        var compilation = ContextLab.Compile(OutputKind.DynamicallyLinkedLibrary, usings + code, []);
        Assert.DoesNotContain(compilation.GetDiagnostics(), static found => found.Severity == DiagnosticSeverity.Error);
        var tree = compilation.SyntaxTrees[0];
        var declared = one(tree.GetRoot().DescendantNodes().OfType<BaseMethodDeclarationSyntax>());
        return compilation.GetSemanticModel(tree).GetDeclaredSymbol(declared)!;
    }

    private static TNode Marked<TNode>(string statements)
        where TNode : SyntaxNode
    {
        var text = "class C { void M() { " + statements + " } }";
        var start = text.IndexOf("[|", StringComparison.Ordinal);
        text = text.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        return CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<TNode>().First(node => node.SpanStart == start);
    }
}
