using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

/// <summary>One instruction of a body.</summary>
/// <param name="Offset">Where it starts.</param>
/// <param name="Shape">What it does.</param>
/// <param name="Operand">Token, number, or index of a local or argument; for a family also what the code itself names.</param>
/// <param name="Target">Where it may jump to; -1 for nowhere, or for more than one place.</param>
/// <param name="Cases">Where a switch may jump to when that is more than one place.</param>
internal readonly record struct Instruction(int Offset, OpShape Shape, long Operand, int Target = -1, int[]? Cases = null)
{
    /// <summary>Puts all instructions of a body into an empty list; false for a body that is no intermediate language.</summary>
    [MethodImpl(Speed.Hot)]
    public static bool Decode(BlobReader il, List<Instruction> found)
    {
        while (il.RemainingBytes > 0)
        {
            var offset = il.Offset;
            if (OpShape.Read(ref il) is not { } shape) return false;
            switch (shape.OperandType)
            {
                case OperandType.InlineNone: found.Add(new Instruction(offset, shape, shape.Operand)); break;
                case OperandType.ShortInlineI: found.Add(new Instruction(offset, shape, il.ReadSByte())); break;
                case OperandType.ShortInlineVar: found.Add(new Instruction(offset, shape, il.ReadByte())); break;
                case OperandType.InlineVar: found.Add(new Instruction(offset, shape, il.ReadUInt16())); break;
                case OperandType.InlineI8: found.Add(new Instruction(offset, shape, il.ReadInt64())); break;
                case OperandType.InlineR: found.Add(new Instruction(offset, shape, il.ReadInt64())); break;
                case OperandType.ShortInlineR: found.Add(new Instruction(offset, shape, il.ReadInt32())); break;
                case OperandType.ShortInlineBrTarget:
                    var near = il.ReadSByte();
                    found.Add(new Instruction(offset, shape, 0, il.Offset + near));
                    break;
                case OperandType.InlineBrTarget:
                    var far = il.ReadInt32();
                    found.Add(new Instruction(offset, shape, 0, il.Offset + far));
                    break;
                case OperandType.InlineSwitch: found.Add(Switch(offset, shape, ref il)); break;
                default: found.Add(new Instruction(offset, shape, il.ReadInt32())); break;
            }
        }

        return true;
    }

    private static Instruction Switch(int offset, OpShape shape, ref BlobReader il)
    {
        var count = il.ReadInt32();
        if (count < 0 || count > il.RemainingBytes / 4)
            throw new BadImageFormatException("A switch has more branches than its body has bytes.");
        var cases = new int[count];
        for (var i = 0; i < count; i++) cases[i] = il.ReadInt32();
        for (var i = 0; i < count; i++) cases[i] += il.Offset;
        return count > 1 ? new Instruction(offset, shape, 0, -1, cases)
            : new Instruction(offset, shape, 0, count == 1 ? cases[0] : -1);
    }
}
