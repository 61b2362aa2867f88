using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

// Content of files that goes through a writer or reader piece by piece. One piece mostly stays in the buffer; a whole text, or a piece for
// each round of a loop, does not.
internal sealed partial class BodyReader
{
    public const string Pieces = "through a buffer";

    private bool MovesContent(ApiEntry entry, IOperation site, IOperation? receiver, ImmutableArray<IArgumentOperation> arguments) =>
        entry is { Brief: true, Kind: BlockKind.File }
        && site is IInvocationOperation
        {
            TargetMethod: { Name: var name, ContainingType.Name: "StreamWriter" or "TextWriter" or "BinaryWriter" or "BinaryReader" },
        }
        && (name.StartsWith("Write", StringComparison.Ordinal) || name.StartsWith("Read", StringComparison.Ordinal))
        && ExpressionKeys.Strip(receiver) is ILocalReferenceOperation { Local: var local } && SingleValue(local) is { } made
        && IsOverFile(made)
        && (IsInLoop(site) && !IsHeading(name, arguments) || !Appends(made) && arguments.Length > 0 && IsText(arguments[0].Value));

    /// <summary>An empty line, a rule of dashes or a word that is always the same.</summary>
    private bool IsHeading(string name, ImmutableArray<IArgumentOperation> arguments) => name.StartsWith("Write", StringComparison.Ordinal)
        && (arguments.IsEmpty || arguments.Length == 1 && (arguments[0].Value.ConstantValue is { HasValue: true, Value: string or char }
            || MadeBy(arguments[0].Value) is IObjectCreationOperation { Type.SpecialType: SpecialType.System_String, Arguments: var made }
                && made.All(static part => part.Value.ConstantValue.HasValue)));

    private bool IsOverFile(IOperation made) => Origin(made).Knowledge == ArgumentKnowledge.Device || IsTextFile(made);

    private static bool IsTextFile(IOperation made) =>
        ExpressionKeys.Strip(made)
            is IInvocationOperation { TargetMethod: { Name: "CreateText", ContainingType.Name: "File" or "FileInfo" } };

    /// <summary>A line at the end of a file: some hundred bytes at most.</summary>
    private static bool Appends(IOperation made) => ExpressionKeys.Strip(made) is IObjectCreationOperation { Arguments: var given }
        && given.Any(static argument => argument is { Parameter.Name: "append", Value.ConstantValue: { HasValue: true, Value: true } });

    /// <summary>Somebody else's text, which may be of any length; what is put together here is a line.</summary>
    private static bool IsText(IOperation text) => text is { Type.SpecialType: SpecialType.System_String, ConstantValue.HasValue: false }
        && ExpressionKeys.Strip(text) is IParameterReferenceOperation or ILocalReferenceOperation or IMemberReferenceOperation
            or IInvocationOperation;
}
