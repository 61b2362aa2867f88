using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace Quintet.BuildTasks.Reading;

/// <summary>One instruction of a body.</summary>
/// <param name="Offset">Where it starts.</param>
/// <param name="Code">What it does.</param>
/// <param name="Family">Which of several codes that do the same with other operands it belongs to.</param>
/// <param name="Operand">Token, number, or index of a local or argument; for a family also what the code itself names.</param>
/// <param name="Targets">Where it may jump to.</param>
internal readonly record struct Instruction(int Offset, OpCode Code, OpFamily Family, long Operand, ImmutableArray<int> Targets)
{
    /// <summary>All instructions of a body; null for one that is no intermediate language.</summary>
    public static List<Instruction>? Decode(BlobReader il)
    {
        var found = new List<Instruction>(il.RemainingBytes / 2);
        while (il.RemainingBytes > 0)
        {
            var offset = il.Offset;
            if (OpShape.Read(ref il) is not { } shape) return null;
            var (operand, targets) = Operands(shape.Code.OperandType, ref il);
            found.Add(new Instruction(offset, shape.Code, shape.Family, shape.Operand ?? operand, targets));
        }

        return found;
    }

    private static (long Operand, ImmutableArray<int> Targets) Operands(OperandType type, ref BlobReader il)
    {
        switch (type)
        {
            case OperandType.InlineNone: return (0, []);
            case OperandType.ShortInlineI: return (il.ReadSByte(), []);
            case OperandType.ShortInlineVar: return (il.ReadByte(), []);
            case OperandType.InlineVar: return (il.ReadUInt16(), []);
            case OperandType.InlineI8: return (il.ReadInt64(), []);
            case OperandType.InlineR: il.ReadInt64(); return (0, []);
            case OperandType.ShortInlineR: il.ReadInt32(); return (0, []);
            case OperandType.ShortInlineBrTarget:
                var near = il.ReadSByte();
                return (0, [il.Offset + near]);
            case OperandType.InlineBrTarget:
                var far = il.ReadInt32();
                return (0, [il.Offset + far]);
            case OperandType.InlineSwitch:
                var count = il.ReadInt32();
                if (count < 0 || count > il.RemainingBytes / 4)
                    throw new BadImageFormatException("A switch has more branches than its body has bytes.");
                var offsets = new int[count];
                for (var i = 0; i < count; i++) offsets[i] = il.ReadInt32();
                var end = il.Offset;
                return (0, [.. offsets.Select(offset => end + offset)]);
            default: return (il.ReadInt32(), []);
        }
    }
}
