using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.Analyzers.Source;

/// <summary>
/// What the body of a member tells the bodies that use it, beside what it does: the few things for which another body's text is looked
/// into. Whoever reads one adds it to <see cref="Of"/>, because an edit that changes it is no edit of one body alone.
/// </summary>
internal static class Told
{
    /// <summary>All of it in words: two bodies with the same words may stand for each other.</summary>
    public static string Of(SyntaxNode member)
    {
        var words = IsIterator(member) ? "iterator" : "";
        if (Makes(member) is { Count: > 0 } made) words += " makes " + string.Join(",", made.Select(TextOf));
        if (member is MethodDeclarationSyntax method && Keeps(method) is { } kept) words += " keeps " + kept;
        if (member is MethodDeclarationSyntax giver && GivesOn(giver)) words += " gives on " + string.Join(";", UsesOf(giver));
        if (Schedulers(member) is { Length: > 0 } schedulers) words += " schedules " + schedulers;
        if (member is MethodDeclarationSyntax helper && Pumps(helper)) words += " pumps";
        if (LoweredBy(member).Distinct().ToList() is { Count: > 0 } lowered) words += " lowers " + string.Join(",", lowered);
        if (member.Parent is PropertyDeclarationSyntax property && Answers(property) is { } answer) words += " answers " + answer;
        if (LockTelling.Of(member) is { } locks) words += " locks " + locks;
        if (QueryOf(member is ArrowExpressionClauseSyntax ? member.Parent : member) is { } query) words += " queries " + query;
        if (IsFormula(member)) words += " computes";
        return words;
    }

    /// <summary>A method that is one expression, which computes.</summary>
    public static bool IsFormula(SyntaxNode member) => member is MethodDeclarationSyntax && OnlyResult.Of(member) is BinaryExpressionSyntax
    {
        RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression or (int)SyntaxKind.MultiplyExpression
            or (int)SyntaxKind.DivideExpression or (int)SyntaxKind.ModuloExpression or (int)SyntaxKind.ExclusiveOrExpression,
    };

    /// <summary>The member of Windows Forms that lets the message loop run.</summary>
    public const string Pumping = "DoEvents";

    public static bool Pumps(MethodDeclarationSyntax method) => method.DescendantNodes()
        .Any(static node => node is IdentifierNameSyntax { Identifier.ValueText: Pumping });

    /// <summary>
    /// The flags that a member takes back: what was done while they were down is done again; not where its object begins or ends.
    /// </summary>
    public static IEnumerable<string> LoweredBy(SyntaxNode member) =>
        from assignment in member.DescendantNodes().OfType<AssignmentExpressionSyntax>()
        where assignment.Right.IsKind(SyntaxKind.FalseLiteralExpression)
        let home = assignment.FirstAncestorOrSelf<MemberDeclarationSyntax>()
        where home is not (ConstructorDeclarationSyntax or MethodDeclarationSyntax
            {
                Identifier.ValueText: "Dispose" or "DisposeAsync" or "DisposeAsyncCore" or "Close",
            })
            && !(home is MethodDeclarationSyntax { Identifier.ValueText: var method } && IsInvalidation(method))
            && assignment.FirstAncestorOrSelf<CatchClauseSyntax>() is null
        let name = LastName.Of(assignment.Left)
        where name is not null
        select name;

    /// <summary>What is kept is dropped when it has become wrong, which is rare.</summary>
    private static bool IsInvalidation(string method) => PascalWords.Of(method).Any(static word =>
        word is "Reset" or "Clear" or "Invalidate" or "Invalidated" or "Expire" or "Refresh" or "Reload" or "Unload"
            or "Changed" or "Forget" or "Disconnect" or "Stop");

    /// <summary>A value that tells by itself what a member keeps that a constructor gives it to: an object, a task, a number.</summary>
    public static bool IsKept(ExpressionSyntax value) => value is BaseObjectCreationExpressionSyntax or LiteralExpressionSyntax
        or MemberAccessExpressionSyntax or InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax };

    /// <summary>What a constructor gives to members, in words.</summary>
    public static IEnumerable<string> Given(SyntaxNode constructor) => constructor.DescendantNodes().OfType<AssignmentExpressionSyntax>()
        .Where(static assignment => IsKept(assignment.Right)).Select(static assignment => assignment.ToString());

    /// <summary>The method that asks for the scheduler of the loop on which it is called.</summary>
    public const string CurrentScheduler = "FromCurrentSynchronizationContext";

    public static bool AsksForLoop(ExpressionSyntax value) =>
        value is InvocationExpressionSyntax call && LastName.Of(call.Expression) == CurrentScheduler;

    /// <summary>Where a member keeps schedulers of tasks, in words.</summary>
    public static string Schedulers(SyntaxNode member) => string.Join(";", member.DescendantNodes().OfType<AssignmentExpressionSyntax>()
        .Select(static one => one.ToString()).Where(static one => one.Contains("TaskScheduler")));

    /// <summary>It runs when it is enumerated, not when it is called.</summary>
    public static bool IsIterator(SyntaxNode member) =>
        member.DescendantNodes(static node => node is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax))
            .Any(static node => node is YieldStatementSyntax);

    /// <summary>
    /// The objects that a method gives, when it gives only what it makes itself, or opens from its assembly; else nothing.
    /// </summary>
    public static IReadOnlyList<ExpressionSyntax> Makes(SyntaxNode member)
    {
        var arrow = member switch
        {
            MethodDeclarationSyntax method => method.ExpressionBody,
            LocalFunctionStatementSyntax local => local.ExpressionBody,
            _ => null,
        };
        if (arrow is null && member is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax)) return [];
        var left = arrow is not null
            ? [arrow.Expression]
            : member.DescendantNodes().OfType<ReturnStatementSyntax>().Select(static leave => leave.Expression).ToList();
        var given = left.SelectMany(Choices).ToList();
        var made = given.OfType<ExpressionSyntax>()
            .Select(static one => one is PostfixUnaryExpressionSyntax { Operand: var sure } ? sure : one)
            .Select(static one => one is IdentifierNameSyntax name ? MadeAs(name) ?? one : one)
            .Where(static one => one is BaseObjectCreationExpressionSyntax || OpensResource(one) || IsNothing(one)).ToList();
        return made.Count == given.Count ? made : [];
    }

    private static IEnumerable<ExpressionSyntax?> Choices(ExpressionSyntax? value) => value switch
    {
        ParenthesizedExpressionSyntax inner => Choices(inner.Expression),
        ConditionalExpressionSyntax choice => Choices(choice.WhenTrue).Concat(Choices(choice.WhenFalse)),
        SwitchExpressionSyntax choice => choice.Arms.SelectMany(static arm => Choices(arm.Expression)),
        _ => [value],
    };

    /// <summary>What a local of the same method is made as, when nothing else is assigned to it.</summary>
    public static ExpressionSyntax? MadeAs(IdentifierNameSyntax local)
    {
        var name = local.Identifier.ValueText;
        if (local.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { Body: { } body }) return null;
        ExpressionSyntax? made = null;
        foreach (var node in body.DescendantNodes())
        {
            switch (node)
            {
                case VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax value } declared
                    when declared.Identifier.ValueText == name && made is null:
                    made = value;
                    break;
                case VariableDeclaratorSyntax declared when declared.Identifier.ValueText == name:
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax target } when target.Identifier.ValueText == name:
                    return null;
            }
        }

        return made;
    }

    /// <summary><c>Stream.Null</c>: what is written there goes nowhere.</summary>
    public static bool IsNothing(ExpressionSyntax given) => given is MemberAccessExpressionSyntax
    {
        Name.Identifier.ValueText: "Null",
        Expression: IdentifierNameSyntax { Identifier.ValueText: "Stream" or "TextReader" or "TextWriter" },
    };

    private static bool OpensResource(ExpressionSyntax given) => given switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name.Identifier.ValueText
            is "GetManifestResourceStream" || LastName.Of(access.Expression) == "AssetLoader",
        _ => false,
    };

    /// <summary>
    /// <c>if (_kept is not null) return _kept; …</c>: the name of what a method gives whenever it is there; null for any other method.
    /// </summary>
    public static string? Keeps(MethodDeclarationSyntax method) =>
        method is { Body.Statements: { Count: > 1 } body }
        && body[0] is IfStatementSyntax first
        && (first.Statement is BlockSyntax { Statements: { Count: 1 } only } ? only[0] : first.Statement)
            is ReturnStatementSyntax { Expression: { } kept }
        && LastName.Of(kept) is { } name
        && first.Condition.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(asked => asked.Identifier.ValueText == name)
            ? name
            : null;

    /// <summary>
    /// <c>bool HasValue => _task.IsCompleted;</c>: what a property looks at that only says yes or no; null for any other one, and for one
    /// that asks itself.
    /// </summary>
    public static ExpressionSyntax? Answers(PropertyDeclarationSyntax property) =>
        property.ExpressionBody is { Expression: { } arrow } && MayBeBoolean(property.Type)
        && !arrow.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Any(name => name.Identifier.ValueText == property.Identifier.ValueText)
            ? arrow
            : null;

    /// <summary>
    /// <c>IQueryable&lt;Order&gt; Open => _db.Orders.Where(…);</c>: the query that a member gives, when it does nothing else.
    /// </summary>
    public static ExpressionSyntax? QueryOf(SyntaxNode? member)
    {
        var type = member switch
        {
            PropertyDeclarationSyntax property => property.Type,
            MethodDeclarationSyntax method => method.ReturnType,
            _ => null,
        };
        return type is GenericNameSyntax { Identifier.ValueText: "IQueryable" or "IOrderedQueryable" }
            ? OnlyResult.Of(member) ?? Built(member as MethodDeclarationSyntax)
            : null;
    }

    /// <summary><c>var open = _db.Orders.Where(…); if (paid) open = open.Where(…); return open;</c>: what it is made from.</summary>
    private static ExpressionSyntax? Built(MethodDeclarationSyntax? method)
    {
        if (method?.Body is not { Statements: { Count: > 1 } statements } body
            || statements[statements.Count - 1] is not ReturnStatementSyntax { Expression: IdentifierNameSyntax given }) return null;
        var name = given.Identifier.ValueText;
        ExpressionSyntax? first = null;
        foreach (var node in body.DescendantNodes())
        {
            switch (node)
            {
                case VariableDeclaratorSyntax declared when declared.Identifier.ValueText == name:
                    first = declared.Initializer?.Value;
                    break;
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax kept, Right: var value }
                    when kept.Identifier.ValueText == name && !StartsAt(value, name):
                // if (_offline) return _kept;
                case ReturnStatementSyntax { Expression: var left }
                    when left is not IdentifierNameSyntax { Identifier.ValueText: var other } || other != name: return null;
            }
        }

        return first;
    }

    /// <summary><c>open.Where(…).OrderBy(…)</c>.</summary>
    private static bool StartsAt(ExpressionSyntax? chain, string name) => chain switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => StartsAt(access.Expression, name),
        IdentifierNameSyntax start => start.Identifier.ValueText == name,
        _ => false,
    };

    /// <summary>Whether a method may give one of its parameters to a loop, to the pool or to a thread to run.</summary>
    public static bool GivesOn(MethodDeclarationSyntax method)
    {
        var own = method.ParameterList.Parameters.Select(static parameter => parameter.Identifier.ValueText).ToList();
        return own.Count > 0 && method.DescendantNodes().Any(node => node switch
        {
            InvocationExpressionSyntax call => (IsGiving(call) || LastName.Of(call.Expression) == method.Identifier.ValueText)
                && Mentions(call.ArgumentList),
            ObjectCreationExpressionSyntax { ArgumentList: { } given, Type: var made } => LastName.Of(made) == "Thread" && Mentions(given),
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression, Left: var raised, Right: var handler } =>
                LastName.Of(raised) == "DoWork" && Mentions(handler),
            _ => false,
        });

        bool Mentions(SyntaxNode part) =>
            part.DescendantNodesAndSelf().Any(node => node is IdentifierNameSyntax name && own.Contains(name.Identifier.ValueText));
    }

    /// <summary>The statements in which a method mentions its parameters.</summary>
    private static IEnumerable<string> UsesOf(MethodDeclarationSyntax method) =>
        method.ParameterList.Parameters.SelectMany(own => method.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == own.Identifier.ValueText)
            .Select(static name => name.FirstAncestorOrSelf<StatementSyntax>()?.ToString() ?? name.Parent!.ToString()));

    private static bool IsGiving(InvocationExpressionSyntax call) => LastName.Of(call.Expression)
        is "Invoke" or "BeginInvoke" or "InvokeAsync" or "Post" or "Send" or "TryEnqueue" or "RunAsync" or "BeginInvokeOnMainThread"
            or "InvokeOnMainThreadAsync" or "Run" or "StartNew" or "QueueUserWorkItem" or "UnsafeQueueUserWorkItem";

    private static bool MayBeBoolean(TypeSyntax type) =>
        type is PredefinedTypeSyntax predefined
            ? predefined.Keyword.IsKind(SyntaxKind.BoolKeyword)
            : type.ToString().EndsWith("Boolean", StringComparison.Ordinal);

    /// <summary>The name that an object is made over, when its first argument is one.</summary>
    public static string? Wrapped(ExpressionSyntax made) =>
        made is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments }
            ? (arguments[0].Expression as IdentifierNameSyntax)?.Identifier.ValueText
            : null;

    /// <summary>Its text, and how the locals are declared that it names: what it is made over may be asked for.</summary>
    private static string TextOf(ExpressionSyntax made)
    {
        var names = new HashSet<string>(made.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Select(static name => name.Identifier.ValueText));
        var declared = made.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.DescendantNodes().OfType<VariableDeclarationSyntax>()
            .Where(declaration => declaration.Variables.Any(variable => names.Contains(variable.Identifier.ValueText)));
        return string.Join(";", (declared ?? []).Select(static declaration => declaration.ToString()).Prepend(made.ToString()));
    }
}
