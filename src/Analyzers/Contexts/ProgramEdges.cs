using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Contexts;

/// <summary>
/// Where a program, or one of its windows, begins or ends. Nobody is there to wait, and nothing may go on before it is done: the
/// state is read or written down, threads are joined, servers are stopped.
/// </summary>
internal static class ProgramEdges
{
    private static readonly HashSet<string> ClosingArguments =
    [
        "FormClosingEventArgs", "FormClosedEventArgs", "ExitEventArgs", "SessionEndingCancelEventArgs", "SessionEndingEventArgs",
        "WindowClosingEventArgs", "ControlledApplicationLifetimeExitEventArgs", "ShutdownRequestedEventArgs",
        "UnhandledExceptionEventArgs", "ConsoleCancelEventArgs",
    ];

    private static readonly HashSet<string> ClosingOverrides =
        ["OnClosing", "OnClosed", "OnFormClosing", "OnFormClosed", "OnExit", "OnSessionEnding", "OnUnloaded", "OnHandleDestroyed"];

    private static readonly string[] Closings =
    [
        "Closing", "Closed", "Disposed", "Unloaded", "ProcessExit", "ApplicationExit", "ShutdownRequested", "OnExit", "CancelKeyPress",
    ];

    private static readonly string[] Openings = ["_Load", "_Loaded", "_Shown", "_Opened", "_Initialized", "_SourceInitialized", "OnLoaded"];

    /// <summary>The handler or virtual member in which a window, a service or the program itself ends.</summary>
    public static bool Ends(IMethodSymbol member)
    {
        if (member.IsOverride && ClosingOverrides.Contains(member.Name)) return true;
        if (StopsService(member)) return true;
        if (member.Parameters.Length != 2) return false;
        var arguments = member.Parameters[1].Type.Name;
        return ClosingArguments.Contains(arguments)
            || arguments.EndsWith("EventArgs", StringComparison.Ordinal) && IsClosing(member.Name);
    }

    /// <summary>A function that is written where an event of that kind is subscribed: <c>Closed += (s, e) => …</c>.</summary>
    public static bool Ends(SyntaxNode function) =>
        function.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } subscription
        && subscription.Left switch
        {
            IdentifierNameSyntax name => IsClosing(name.Identifier.ValueText),
            MemberAccessExpressionSyntax access => IsClosing(access.Name.Identifier.ValueText),
            _ => false,
        };

    /// <summary>The main function of a loop of Node runs before anything can wait for the loop.</summary>
    public static bool StartsLoop(SyntaxNode function) =>
        function is AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: 0, Parent.Parent.Parent: InvocationExpressionSyntax call }
        && call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Run", Expression: { } loop }
        && LastName.Of(loop) == "NodeLoop";

    /// <summary>The program opens its first window: state is read.</summary>
    public static bool Opens(IMethodSymbol member) =>
        member is { IsOverride: true, Name: "OnStartup" or "OnFrameworkInitializationCompleted" }
        || member.Parameters.Length == 2 && member.Parameters[1].Type.Name == "StartupEventArgs";

    /// <summary>
    /// The main window is made or shown for the first time, with what the program kept: once, and before anybody can use it.
    /// </summary>
    public static bool OpensMainWindow(IMethodSymbol member) =>
        IsOpening(member) && PascalWords.Of(member.ContainingType.Name).Any(static word => word is "Main" or "Shell")
        && IsWindow(member.ContainingType);

    private static bool IsOpening(IMethodSymbol member) =>
        member.MethodKind == MethodKind.Constructor
        || member is { IsOverride: true, Name: "OnLoad" or "OnShown" or "OnOpened" or "OnInitialized" or "OnSourceInitialized" }
        || member.Parameters.Length == 2 && member.Parameters[1].Type.Name.EndsWith("EventArgs", StringComparison.Ordinal)
            && Openings.Any(opening => member.Name.EndsWith(opening, StringComparison.Ordinal));

    private static bool IsWindow(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
            if (current.Name is "Form" or "Window") return true;
        return false;
    }

    /// <summary>The application, not one of its windows, starts: there is nobody yet to wait.</summary>
    public static bool StartsApplication(IMethodSymbol member)
    {
        // Nobody but an application has such events; its base class may be written in mark-up.
        if (member.Parameters.Length == 2 && member.Parameters[1].Type.Name is "StartupEventArgs" or "ExitEventArgs") return true;
        var isStart = member is { IsOverride: true, Name: "OnStartup" or "OnFrameworkInitializationCompleted" or "OnExit" or "Initialize" }
            || member.MethodKind == MethodKind.Constructor;
        if (!isStart) return false;
        if (member.ContainingType is { Name: "App", BaseType.SpecialType: SpecialType.System_Object }) return true;
        for (var type = member.ContainingType.BaseType; type is not null; type = type.BaseType)
            if (type.Name == "Application") return true;
        return false;
    }

    /// <summary>The member that starts the host: what it does before, it does before anybody can ask for anything.</summary>
    public static bool StartsHost(SyntaxNode declaration) => declaration.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(
        static call => call.Expression is MemberAccessExpressionSyntax
        {
            Name.Identifier.ValueText: "StartAsync" or "RunAsync" or "Run", Expression: var receiver,
        }
        && LastName.Of(receiver)?.EndsWith("host", StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>A statement behind the place ends the program: <c>Stop(); Application.Exit();</c>.</summary>
    public static bool EndsProgramBehind(SyntaxNode place)
    {
        for (var statement = place.FirstAncestorOrSelf<StatementSyntax>(); statement is not null;
            statement = statement.Parent?.FirstAncestorOrSelf<StatementSyntax>())
        {
            if (statement is LocalFunctionStatementSyntax || IsFunction(statement.Parent)) return Follows(statement);
            if (Follows(statement)) return true;
        }

        return false;
    }

    private static bool IsFunction(SyntaxNode? node) => node?.Parent is AnonymousFunctionExpressionSyntax or MemberDeclarationSyntax;

    private static bool Follows(StatementSyntax statement) => statement.Parent is BlockSyntax block
        && block.Statements.SkipWhile(other => other != statement).Skip(1).Any(EndsProgram);

    private static bool EndsProgram(StatementSyntax statement)
    {
        var call = (statement as ExpressionStatementSyntax)?.Expression;
        // `(Application.Current.MainWindow as MainWindow)?.RestartApplication();`
        while (call is ConditionalAccessExpressionSyntax access) call = access.WhenNotNull;
        var (receiver, name) = (call as InvocationExpressionSyntax)?.Expression switch
        {
            MemberAccessExpressionSyntax member => (LastName.Of(member.Expression), member.Name),
            MemberBindingExpressionSyntax member => (null, member.Name),
            SimpleNameSyntax own => (null, own),
            _ => default((string?, SimpleNameSyntax?)),
        };
        return name?.Identifier.ValueText switch
        {
            "Exit" or "Quit" => receiver is "App" or "Application" or "Environment",
            "Restart" => receiver is "App" or "Application",
            "Shutdown" or "TryShutdown" => receiver is not null && PascalWords.Of(receiver).Any(static word =>
                word is "App" or "Application" or "Current" or "Desktop" or "desktop" or "Lifetime" or "lifetime"
                    or "app" or "application"),
            "StopApplication" or "RestartApplication" or "RestartApp" => true,
            _ => false,
        };
    }

    /// <summary>A host waits for its services one after the other while it ends.</summary>
    private static bool StopsService(IMethodSymbol member) =>
        member is { Name: "StopAsync", Parameters: { Length: 1 } parameters } && parameters[0].Type.Name == "CancellationToken"
        && member.ContainingType.AllInterfaces.Any(static contract => contract.Name == "IHostedService");

    private static bool IsClosing(string name) => Closings.Any(closing => name.EndsWith(closing, StringComparison.Ordinal));
}
