using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// What runs when an object is made, written down or not: initialisers, and constructors of bases that nobody names.
internal sealed partial class BodyReader
{
    /// <summary>A type without a constructor of its own runs its initialisers, and what its base runs.</summary>
    private void CallImplicitConstructor(IOperation site, IMethodSymbol constructor)
    {
        if (!SourceModels.HasSource(constructor.ContainingType) || member.KeyOf(constructor.ContainingType) is not { } key) return;
        if ((member.ShapeOf(constructor.ContainingType) & SymbolShape.InstanceInitialisers) != 0)
        {
            member.Remember(key, constructor.ContainingType);
            AddCall(site, MemberReader.NameOf(constructor), BodyKey.InstanceInitialiser + key, Dispatch.Direct, null, NoArguments);
        }

        // Nobody writes `base()` where there is no constructor to write it at.
        if (ImplicitBaseOf(constructor.ContainingType) is not { } implicitBase) return;
        if (implicitBase.IsImplicitlyDeclared)
        {
            CallImplicitConstructor(site, implicitBase);
        }
        else if (member.KeyOf(implicitBase) is { } target)
        {
            member.Remember(target, implicitBase.OriginalDefinition);
            AddCall(site, MemberReader.NameOf(implicitBase), target, Dispatch.Direct, null, NoArguments);
        }
    }

    /// <summary>The constructor of the base in source that runs where none is named.</summary>
    private static IMethodSymbol? ImplicitBaseOf(INamedTypeSymbol type) =>
        type.BaseType is { } parent && SourceModels.HasSource(parent.OriginalDefinition)
            ? parent.InstanceConstructors.OrderBy(static candidate => candidate.Parameters.Length)
                .FirstOrDefault(static candidate => candidate.Parameters.All(static parameter => parameter.IsOptional))
            : null;

    /// <summary>What runs before a constructor's own body: instance initialisers and the implicit base constructor.</summary>
    private void ReadBeforeConstructor(IMethodSymbol constructor, SyntaxNode syntax)
    {
        var type = constructor.ContainingType;
        var initializer = (syntax as ConstructorDeclarationSyntax)?.Initializer;
        if (initializer is { RawKind: (int)SyntaxKind.ThisConstructorInitializer }) return;
        var span = (syntax as ConstructorDeclarationSyntax)?.Identifier.Span ?? new TextSpan(syntax.SpanStart, 0);
        if ((member.ShapeOf(type) & SymbolShape.InstanceInitialisers) != 0 && member.KeyOf(type) is { } own)
            _body.Add(
                new Step { Kind = StepKind.Calls, Span = span, Name = $"new {type.Name}", Target = BodyKey.InstanceInitialiser + own });
        if (initializer is not null) return;
        // A base without a constructor of its own does what its initialisers and its own base do.
        var implicitBase = ImplicitBaseOf(type);
        while (implicitBase is { IsImplicitlyDeclared: true })
        {
            var parent = implicitBase.ContainingType;
            if ((member.ShapeOf(parent) & SymbolShape.InstanceInitialisers) != 0 && member.KeyOf(parent) is { } initialisers)
                _body.Add(new Step
                {
                    Kind = StepKind.Calls, Span = span, Name = $"new {parent.Name}", Target = BodyKey.InstanceInitialiser + initialisers,
                });
            implicitBase = ImplicitBaseOf(parent);
        }

        if (implicitBase is not null && member.KeyOf(implicitBase) is { } key)
            _body.Add(new Step { Kind = StepKind.Calls, Span = span, Name = MemberReader.NameOf(implicitBase), Target = key });
    }
}
